package dev.funnel.trainer.evaluate;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorScorer;
import dev.funnel.retrieval.cold.ContentSpace;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.generate.ContentGenerator;
import java.util.List;

/**
 * Items with features like those of what the user interacted with, see {@link ContentSpace}: a user is the mean of those items'
 * vectors, whatever others did. Of items without side features it knows nothing, and all score 0.
 */
final class ContentSystem implements OfflineSystem {

    @Override
    public String name() {
        return "content";
    }

    @Override
    public Scorer fit(FitTask task) {
        Overrides asked = task.settings();
        int dimensions = asked.whole("dim", ContentGenerator.DIMENSIONS);
        boolean byRarity = asked.whole("by-rarity", 1) == 1;
        Similarity similarity = similarity(asked);
        FloatMatrix vectors;
        try (TowerTables tables = TowerTables.of(task.items(), task.users())) {
            ItemTable items = tables.items();
            List<String> columns = ContentGenerator.features(items);
            task.noteSettings("dimensions=" + dimensions + ", byRarity=" + byRarity + ", similarity=" + similarity
                    + ", columns=" + columns);
            vectors = ContentSpace.fit(items, columns, dimensions, byRarity).vectors(items);
        }
        SparseRows train = task.train();
        VectorScorer scorer = new VectorScorer(vectors, similarity);
        return (user, into) -> scorer.scores(
                ContentSpace.mean(vectors, train.columnsOf(user), train.valuesOf(user)), 0, into.length, into);
    }

    /** The setting {@code euclidean=1}, or the exponent of the norm-tempered dot: 0 is cosine, 1 dot. */
    private static Similarity similarity(Overrides asked) {
        boolean euclidean = asked.whole("euclidean", 0) == 1;
        double exponent = asked.number("exponent", 0);
        if (euclidean) {
            return Similarity.EUCLIDEAN;
        }
        return exponent == 0
                ? Similarity.COSINE
                : exponent == 1 ? Similarity.DOT : Similarity.normTemperedDot(exponent);
    }
}
