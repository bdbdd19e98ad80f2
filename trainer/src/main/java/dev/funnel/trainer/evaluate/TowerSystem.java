package dev.funnel.trainer.evaluate;

import dev.funnel.inference.Tower;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorScorer;
import dev.funnel.trainer.learn.Vocabularies;
import dev.funnel.trainer.prepare.Profiles;
import dev.funnel.trainer.tower.TowerFit;
import dev.funnel.trainer.tower.TowerInput;
import dev.funnel.trainer.tower.TowerSettings;
import dev.funnel.trainer.tower.TowerShape;
import dev.funnel.trainer.tower.TrainedTowers;
import dev.funnel.trainer.tower.UnorderedExamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A retrieval network on interactions without times: the label is any interaction, the input a part of the others; there is no
 * example age. Asked for a user, the query tower reads all of the training part, or as much as it takes.
 */
final class TowerSystem implements OfflineSystem {

    private final String name;
    private final Usual usual;

    /** The settings that a system has unless asked otherwise. */
    @FunctionalInterface
    interface Usual {
        TowerSettings of(int dimensions, long seed, int threads);
    }

    TowerSystem(String name, Usual usual) {
        this.name = name;
        this.usual = usual;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Scorer fit(FitTask task) {
        Overrides asked = task.settings();
        TowerSettings settings = asked(asked, usual.of(asked.whole("dim", 128), task.seed(), task.threads()));
        task.noteSettings(settings);
        TowerTables tables = TowerTables.of(task.items(), task.users());
        List<Map<String, FeatureValue>> profiles = profiles(tables);
        UnorderedExamples examples = new UnorderedExamples(task.train(), profiles::get, settings);
        TowerInput input = new TowerInput(
                tables.items(),
                tables.users(),
                new Vocabularies.Counting()
                        .table(tables.items())
                        .table(tables.users())
                        .vocabularies(),
                List.of(),
                false,
                examples);
        TrainedTowers trained = TowerFit.fit(input, settings, "generators/" + name, task.progress());
        task.notes().put("costs", Arrays.toString(trained.costs()));
        return new Asking(trained, new VectorScorer(trained.items(), Similarity.DOT), examples, tables);
    }

    /**
     * The candidate network of Covington et al. (2016), its last layer not rectified: the best of what was tried on the validation
     * split of ncf-ml-1m, see docs/decisions/0016.
     */
    static TowerSettings softmaxDnn(int dimensions, long seed, int threads) {
        return new TowerSettings(
                new TowerSettings.Features(2 * dimensions, 32, 500, false),
                new TowerShape(List.of(4 * dimensions), dimensions, false, false),
                null,
                1,
                new TowerSettings.Sampling(200, 4_000, .5, .8, .05, 0),
                new TowerSettings.Descent(30, 64, 1e-3f, .1f, 0, 0),
                seed,
                threads);
    }

    /**
     * Two towers (Yi et al. 2019), trained as the candidate network is: negatives drawn beside the labels, small batches, vectors of any
     * length. So Recall@50 on the validation split of ncf-ml-1m is .5017; see docs/decisions/0028.
     */
    static TowerSettings twoTower(int dimensions, long seed, int threads) {
        return new TowerSettings(
                new TowerSettings.Features(2 * dimensions, 32, 500, false),
                new TowerShape(List.of(2 * dimensions), dimensions, false, false),
                new TowerShape(List.of(2 * dimensions), dimensions, false, false),
                1,
                new TowerSettings.Sampling(200, 2_000, .5, .8, .05, 0),
                new TowerSettings.Descent(16, 64, 1e-3f, .1f, 0, 0),
                seed,
                threads);
    }

    private static TowerSettings asked(Overrides asked, TowerSettings usual) {
        TowerSettings.Features features = usual.features();
        TowerSettings.Sampling sampling = usual.sampling();
        TowerSettings.Descent descent = usual.descent();
        TowerShape item = usual.item();
        return new TowerSettings(
                new TowerSettings.Features(
                        asked.whole("embedding", features.items()),
                        asked.whole("categories", features.categories()),
                        asked.whole("watches", features.watches()),
                        false),
                shape(asked, "query", usual.query()),
                item == null ? null : shape(asked, "item", item),
                asked.number("temperature", usual.temperature()),
                new TowerSettings.Sampling(
                        asked.whole("examples-per-user", sampling.examplesPerUser()),
                        asked.whole("negatives", sampling.negatives()),
                        asked.number("exponent", sampling.exponent()),
                        asked.number("history-kept", sampling.historyKept()),
                        asked.number("strangers", sampling.strangers()),
                        asked.number("items-masked", sampling.itemsMasked())),
                new TowerSettings.Descent(
                        asked.whole("epochs", descent.epochs()),
                        asked.whole("batch", descent.batchSize()),
                        (float) asked.number("rate", descent.rate()),
                        (float) asked.number("table-rate", descent.tableRate()),
                        (float) asked.number("decay", descent.decay()),
                        (float) asked.number("table-decay", descent.tableDecay())),
                usual.seed(),
                usual.threads());
    }

    /** Depth and width of the first hidden layer, each next one half as wide. */
    private static TowerShape shape(Overrides asked, String side, TowerShape usual) {
        int depth = asked.whole(side + "-depth", usual.hidden().size());
        int width = asked.whole(
                side + "-width", usual.hidden().isEmpty() ? 0 : usual.hidden().getFirst());
        List<Integer> hidden = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            hidden.add(width >> layer);
        }
        boolean rectified = asked.whole(side + "-rectified", usual.rectified() ? 1 : 0) != 0;
        boolean normalised = asked.whole(side + "-normalised", usual.normalised() ? 1 : 0) != 0;
        return new TowerShape(hidden, usual.dimensions(), rectified, normalised);
    }

    private static List<Map<String, FeatureValue>> profiles(TowerTables tables) {
        Profiles columns = new Profiles(tables.users());
        List<Map<String, FeatureValue>> profiles = new ArrayList<>();
        for (int user = 0; user < tables.users().size(); user++) {
            profiles.add(Tower.profile(columns.of(user)));
        }
        return profiles;
    }

    /** Scores by the inner product of the person's vector and the items'. */
    private record Asking(TrainedTowers trained, VectorScorer items, UnorderedExamples examples, TowerTables tables)
            implements Scorer {
        @Override
        public void scores(int user, float[] into) {
            items.scores(trained.person(examples.whole(user)), 0, into.length, into);
        }

        @Override
        public void close() {
            tables.close();
        }
    }
}
