package dev.funnel.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArrivalsTest {

    @Test
    void constantArrivalsAreEvenlySpaced() {
        assertArrayEquals(new long[] {0, 2_500_000, 5_000_000, 7_500_000}, first(4, Arrivals.CONSTANT.starts(400, 1)));
    }

    @ParameterizedTest
    @EnumSource
    void arrivalsKeepTheRateAndAreTheSameForTheSameSeed(Arrivals arrivals) {
        long[] starts = first(100_001, arrivals.starts(200, 7));
        assertEquals(500, starts[100_000] / 1e9, 500 * .02, "seed 7");
        assertArrayEquals(starts, first(100_001, arrivals.starts(200, 7)));
    }

    @Test
    void gapsOfRandomArrivalsVaryAsMuchAsTheyLast() {
        long[] starts = first(100_001, Arrivals.POISSON.starts(1_000, 3));
        double squares = 0;
        for (int i = 1; i < starts.length; i++) {
            double gap = (starts[i] - starts[i - 1]) / 1e6;
            squares += (gap - 1) * (gap - 1);
        }
        assertEquals(1, Math.sqrt(squares / 100_000), .05, "seed 3");
    }

    private static long[] first(int count, LongSupplier starts) {
        return LongStream.generate(starts).limit(count).toArray();
    }
}
