package dev.funnel.benchmarks.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.benchmarks.serve.BenchBundle;
import dev.funnel.trainer.Progress;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedRankBenchTest {
    private static final int CALLS = 200;

    @TempDir
    private static Path folder;

    private static Path root;

    @BeforeAll
    static void train() throws Exception {
        root = BenchBundle.trainWithRanker(folder, 300, 1, Progress.SILENT);
    }

    @Test
    void a_call_takes_longer_than_scoring() throws Exception {
        ServedRankBench.Result result = new ServedRankBench(400, .2).run(root, BenchBundle.NAME);
        assertTrue(result.overheadMicros() > 0, result.toString());
        assertTrue(result.scoring().micros(.5) > 0 && result.assembly().micros(.5) > 0, result.toString());
        assertEquals(300, result.candidates()); // all items that there are
        assertTrue(!result.ranker().isEmpty());
    }

    @Test
    void a_bundle_without_a_ranker_is_refused(@TempDir Path other) throws Exception {
        Path without = BenchBundle.train(other, 30, 1, Progress.SILENT);
        assertThrows(
                IllegalArgumentException.class,
                () -> new ServedSoak(20).run(without, BenchBundle.NAME, new Soak(CALLS, (made, bytes) -> {})));
    }

    @Test
    void calls_that_are_to_fail_do_and_the_others_do_not() throws Exception {
        List<Long> points = new ArrayList<>();
        Map<Status.Code, Long> ends =
                new ServedSoak(20).run(root, BenchBundle.NAME, new Soak(CALLS, (made, bytes) -> points.add(made)));
        assertEquals(11, points.size());
        assertEquals(CALLS, ends.values().stream().mapToLong(Long::longValue).sum());
        assertEquals(CALLS / 10, ends.get(Status.Code.INVALID_ARGUMENT));
        assertEquals(CALLS / 10, ends.get(Status.Code.FAILED_PRECONDITION));
        assertTrue(Objects.requireNonNull(ends.get(Status.Code.OK)) >= 7 * CALLS / 10, ends.toString());
    }
}
