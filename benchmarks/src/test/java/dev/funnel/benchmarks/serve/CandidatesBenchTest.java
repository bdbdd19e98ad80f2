package dev.funnel.benchmarks.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.benchmarks.serve.CandidatesBench.Result;
import dev.funnel.trainer.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidatesBenchTest {

    @Test
    void a_call_takes_longer_than_its_slowest_search(@TempDir Path folder) throws Exception {
        Path root = BenchBundle.train(folder, 300, 1, Progress.SILENT);
        Result result = new CandidatesBench(Map.of("als", 30, "covisit", 20, "popular", 10), .05, .05)
                .run(root, BenchBundle.NAME, Progress.SILENT);
        assertEquals(300, result.items());
        assertTrue(result.candidates() >= 30, result.toString());
        assertTrue(result.calls() >= 1 && result.overhead().count() == result.calls());
        assertTrue(result.overhead().micros(0) > 0
                && result.roundTrip().micros(.5) > result.index().micros(.5));
    }

    @Test
    void limits_are_pairs_of_a_name_and_a_number() {
        assertEquals(Map.of("als", 300, "popular", 1), CandidatesBench.limits(List.of("als=300", "popular=1")));
        assertThrows(IllegalArgumentException.class, () -> CandidatesBench.limits(List.of("als")));
        assertThrows(IllegalArgumentException.class, () -> CandidatesBench.limits(List.of("als=0")));
    }

    @Test
    void a_percentile_is_the_nearest_rank() {
        Percentiles times = Percentiles.of(new long[] {4_000, 1_000, 3_000, 2_000});
        assertEquals(2, times.micros(.5));
        assertEquals(4, times.micros(.99));
        assertThrows(IllegalArgumentException.class, () -> Percentiles.of(new long[0]));
    }
}
