package dev.funnel.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.trainer.read.Codes;
import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.simulate.DemoWorld;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionBiasTest {

    private static final int PAGE = 4;

    @Test
    void a_ranker_that_halves_what_stood_low_shows_it_in_the_lower_half_only(@TempDir Path folder) throws Exception {
        DemoWorld world = DemoWorld.open(SmallWorld.generate(folder).directory());
        long when = world.end().toEpochMilli();
        float[] served = new float[2 * PAGE];
        for (int i = 0; i < served.length; i++) {
            double truth = world.expectedWatchSeconds(i / PAGE, i, 0, when);
            served[i] = (float) (i % PAGE < PAGE / 2 ? truth : truth / 2);
        }
        PositionBias bias = PositionBias.of(world, pages(served, when));
        assertEquals(1, bias.upper(), 1e-6);
        assertEquals(.5, bias.lower(), 1e-6);
    }

    /** Two pages of two users. */
    private static HeldOutPages pages(float[] served, long when) {
        int size = served.length;
        int[] numbers = IntStream.range(0, size).toArray();
        short[] positions = new short[size];
        long[] times = new long[size];
        Arrays.fill(times, when);
        int[] none = new int[size];
        Arrays.fill(none, -1);
        Codes unknown = new Codes(none, new String[0]);
        for (int i = 0; i < size; i++) {
            positions[i] = (short) (i % PAGE);
        }
        int[] page = IntStream.of(numbers).map(i -> i / PAGE).toArray();
        ImpressionLog log = new ImpressionLog(
                page, page, numbers, times, positions, new boolean[size], new float[size], unknown, unknown, unknown);
        return new HeldOutPages(
                log,
                new boolean[0],
                numbers,
                new int[] {0, PAGE, size},
                served,
                served,
                Map.of(),
                new int[size],
                Map.of());
    }
}
