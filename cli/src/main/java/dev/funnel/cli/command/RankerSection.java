package dev.funnel.cli.command;

import dev.funnel.runtime.config.Default;
import dev.funnel.trainer.rank.DeclaredTable;
import dev.funnel.trainer.rank.HeadKind;
import dev.funnel.trainer.rank.RankerGoals;
import dev.funnel.trainer.rank.RankerSettings;
import dev.funnel.trainer.rank.RankerSettings.NetworkPlan;
import dev.funnel.trainer.rank.RankerSettings.TreePlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What differs from the ranker that is trained unless told: the section {@code ranker} of a training configuration. What is absent is
 * as usual.
 *
 * @param network what its arithmetic is, e.g. {@code mlp}, {@code wide-and-deep}
 * @param hidden widths of its dense layers, first to last
 * @param dropout share of a hidden layer's values that is dropped in training
 * @param maps of compressed interaction layers, for a network that has any
 * @param trees boosted trees instead of a network, and how; what is absent is as usual
 * @param heads what it predicts: watch_time, click, like; empty: all that the log tells
 * @param objectives formulas over heads, by name, e.g. {@code click * watch_time^0.5}
 * @param objective the objective or head that is the score; absent: the first head
 * @param weighting what an example of watch time costs
 * @param epochs the most passes over the examples
 * @param learningRate of the network
 * @param recentWatches how many of the newest watches "recent" means, 1 to 1,000
 * @param tables that the features look up: learnt ones, and item vectors of generators
 * @param features what it reads; absent: what tables, generators and log allow
 */
record RankerSection(
        @Nullable String network,
        @Nullable List<Integer> hidden,
        @Nullable Double dropout,
        @Nullable List<Integer> maps,
        @Nullable TreesSection trees,
        @Default("[]") List<String> heads,
        @Nullable Map<String, String> objectives,
        @Nullable String objective,
        RankerSettings.@Nullable Weighting weighting,
        @Nullable Integer epochs,
        @Nullable Double learningRate,
        @Default("50") int recentWatches,
        @Default("[]") List<DeclaredTable> tables,
        @Nullable List<FeatureSection> features) {

    /** Gradient-boosted trees, see {@link RankerSettings.TreePlan}. */
    record TreesSection(
            @Nullable Integer most,
            @Nullable Integer patience,
            @Nullable Integer depth,
            @Nullable Double rate,
            @Nullable Double leastWeight,
            @Nullable Double sampled) {

        TreePlan plan() {
            TreePlan usual = TreePlan.USUAL;
            return new TreePlan(
                    most == null ? usual.most() : most,
                    patience == null ? usual.patience() : patience,
                    depth == null ? usual.depth() : depth,
                    rate == null ? usual.rate() : rate,
                    leastWeight == null ? usual.leastWeight() : leastWeight,
                    sampled == null ? usual.sampled() : sampled);
        }
    }

    RankerSection {
        heads.forEach(HeadKind::named);
        if (trees != null) {
            requireNoNetwork("network", network);
            requireNoNetwork("hidden", hidden);
            requireNoNetwork("dropout", dropout);
            requireNoNetwork("maps", maps);
            requireNoNetwork("epochs", epochs);
            requireNoNetwork("learning_rate", learningRate);
        }
        if (features != null) {
            FeatureSections.declared(recentWatches, tables, features);
        } else if (!tables.isEmpty()) {
            throw new IllegalArgumentException("tables are declared, but no features that look them up");
        }
    }

    private static void requireNoNetwork(String key, @Nullable Object value) {
        if (value != null) {
            throw new IllegalArgumentException(
                    key + " is " + value + " beside trees, must be absent: it is a network's, and a ranker is either");
        }
    }

    /** Settings with what is configured in place of the usual; null: no ranker is trained. */
    @Nullable
    RankerSettings of(@Nullable RankerSettings usual) {
        if (usual == null) {
            return null;
        }
        return new RankerSettings(
                trees == null ? network(usual.learner()) : trees.plan(),
                new RankerGoals(
                        heads.stream().map(HeadKind::named).toList(),
                        objectives == null ? Map.of() : objectives,
                        objective == null ? "" : objective),
                recentWatches,
                usual.embeddings(),
                weighting == null ? usual.weighting() : weighting,
                descent(usual.descent()),
                usual.validationShare(),
                usual.mostExamples(),
                usual.negatives(),
                usual.seed(),
                usual.threads(),
                features == null ? null : FeatureSections.declared(recentWatches, tables, features));
    }

    private RankerSettings.Learner network(RankerSettings.Learner usual) {
        return switch (usual) {
            case NetworkPlan plan ->
                new NetworkPlan(
                        network == null ? plan.name() : network,
                        hidden == null ? plan.hidden() : hidden,
                        dropout == null ? plan.dropout() : dropout.floatValue(),
                        maps == null ? plan.maps() : maps);
            case TreePlan plan -> plan;
        };
    }

    private RankerSettings.Descent descent(RankerSettings.Descent usual) {
        return new RankerSettings.Descent(
                epochs == null ? usual.epochs() : epochs,
                usual.batchSize(),
                learningRate == null ? usual.learningRate() : learningRate.floatValue(),
                usual.tableLearningRate(),
                usual.decay());
    }
}
