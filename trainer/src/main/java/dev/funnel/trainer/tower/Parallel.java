package dev.funnel.trainer.tower;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.RowPool;
import java.util.function.IntConsumer;

/** Parts of one step side by side; the step itself reports no progress. */
final class Parallel {
    private Parallel() {}

    static void forEach(RowPool pool, int parts, IntConsumer work) {
        pool.forEachRow(parts, () -> work::accept, "a step of training", Progress.SILENT);
    }
}
