package dev.funnel.benchmarks.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.benchmarks.rank.ForwardBench.Line;
import dev.funnel.inference.Forward;
import dev.funnel.inference.engine.EngineKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForwardBenchTest {
    private static final RankerShape SHAPE = new RankerShape(4, 6, List.of(8));

    @TempDir
    Path folder;

    @Test
    void every_engine_has_a_line_whole_and_projected_and_the_limit_one_for_each_number_of_threads() throws Exception {
        List<Line> lines = new ArrayList<>();
        new ForwardBench(SHAPE, 20, .01).run(List.of(EngineKind.values()), folder, lines::add);
        List<String> each = List.of("onnx", "onnx-projected", "nd4j", "nd4j-projected", "limit");
        assertEquals(each, lines.stream().limit(5).map(Line::engine).toList());
        assertEquals(
                List.of(1, 1, 1, 1, 1, 2, 2, 2, 2, 2),
                lines.stream().map(Line::threads).toList());
        assertTrue(lines.stream().allMatch(line -> line.candidatesPerSecond() > 0), lines.toString());
    }

    @Test
    void a_soak_tells_the_memory_at_the_start_and_after_every_tenth() throws Exception {
        ForwardBench bench = new ForwardBench(SHAPE, 20, 1);
        List<Long> calls = new ArrayList<>();
        try (Forward forward = bench.forward(EngineKind.ONNX, folder)) {
            new Soak(1_000, (done, bytes) -> calls.add(done)).run(bench, forward, 20);
        }
        assertEquals(List.of(0L, 100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L, 900L, 1_000L), calls);
    }
}
