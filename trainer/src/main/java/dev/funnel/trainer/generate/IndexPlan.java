package dev.funnel.trainer.generate;

import dev.funnel.retrieval.IndexRecall;
import java.util.List;

/**
 * The index that a generator's item vectors are to have in the bundle.
 *
 * @param setting {@code auto}, {@code exact} or {@code union-graph}
 * @param leastRecall share of the exact answer that it has to find, 0 to 1, or the bundle is refused
 */
public record IndexPlan(String setting, double leastRecall) {

    /** What a line of the configuration asks for with {@code index} and {@code index_recall}. */
    static IndexPlan of(GeneratorLine line) {
        return new IndexPlan(
                line.oneOf("index", "auto", List.of("auto", "exact", "union-graph")),
                line.number("index_recall", IndexRecall.LEAST, 0, 1));
    }
}
