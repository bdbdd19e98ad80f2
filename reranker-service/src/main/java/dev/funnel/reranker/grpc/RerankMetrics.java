package dev.funnel.reranker.grpc;

import dev.funnel.reranker.rerank.NamedPolicy;
import dev.funnel.reranker.rerank.Reranked;
import dev.funnel.reranker.rule.Exposure;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.snapshot.KeyColumn;
import dev.funnel.runtime.telemetry.Counter;
import dev.funnel.runtime.telemetry.Histogram;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.wire.FeatureValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what re-ranking does: removals and relaxations by rule, and by group of items and of users how much exposure they get
 * and what satisfaction the scores predict. What the users then did is in the log of impressions, and is compared by {@code funnel
 * evaluate rerank}.
 */
public final class RerankMetrics {
    private static final double[] SCORES = {.01, .03, .1, .3, 1, 3, 10, 30, 100, 300, 1000};
    private static final String NONE = "none";

    private final Labelled<Counter> removals;
    private final Labelled<Counter> relaxations;
    private final Labelled<Counter> exposure;
    private final Labelled<Histogram> itemScores;
    private final Labelled<Histogram> userScores;
    private final List<String> itemGroups;
    private final List<String> userGroups;

    /**
     * @param itemGroups category columns of the item table; few values each
     * @param userGroups profile values of users; few values each
     */
    public RerankMetrics(Metrics metrics, List<String> itemGroups, List<String> userGroups) {
        this.itemGroups = itemGroups;
        this.userGroups = userGroups;
        this.removals =
                metrics.counter("funnel.rerank.removals", "{item}", "candidates that a rule removed", "policy", "rule");
        this.relaxations = metrics.counter(
                "funnel.rerank.relaxations", "{slate}", "slates for which a preferred rule gave way", "policy", "rule");
        this.exposure = metrics.counter(
                "funnel.rerank.exposure",
                "{milliplace}",
                "exposure of items by group, a first place is 1000, discounted by place",
                "policy",
                "column",
                "group");
        this.itemScores = metrics.histogram(
                "funnel.rerank.item_score",
                "1",
                "scores of shown items by group of items",
                SCORES,
                "policy",
                "column",
                "group");
        this.userScores = metrics.histogram(
                "funnel.rerank.user_score",
                "1",
                "mean score of a slate by group of users",
                SCORES,
                "policy",
                "column",
                "group");
    }

    /** A slate was made. */
    void saw(NamedPolicy policy, RerankInput input, Reranked reranked) {
        reranked.removalCounts()
                .forEach(count -> removals.of(policy.name(), count.rule()).add(count.count()));
        reranked.relaxedRules()
                .forEach(rule -> relaxations.of(policy.name(), rule).add(1));
        itemGroups.forEach(column -> sawItems(policy, column, input, reranked));
        userGroups.forEach(column -> sawUser(policy, column, input, reranked));
    }

    private void sawItems(NamedPolicy policy, String column, RerankInput input, Reranked reranked) {
        KeyColumn keys = KeyColumn.of(input.snapshot().items(), column);
        Map<String, Double> exposures = new TreeMap<>();
        for (int place = 0; place < reranked.slate().size(); place++) {
            Reranked.Placed placed = reranked.slate().get(place);
            int item = input.item(placed.position());
            String group = keys.count(item) == 0 ? NONE : keys.value(keys.code(item, 0));
            exposures.merge(group, Exposure.of(place), Double::sum);
            itemScores.of(policy.name(), column, group).record(Math.max(0, placed.score()));
        }
        exposures.forEach(
                (group, sum) -> exposure.of(policy.name(), column, group).add(Math.round(1_000 * sum)));
    }

    private void sawUser(NamedPolicy policy, String column, RerankInput input, Reranked reranked) {
        String group = input.user().profile().get(column) instanceof FeatureValue.Text(String text) ? text : NONE;
        reranked.slate().stream()
                .mapToDouble(Reranked.Placed::score)
                .average()
                .ifPresent(mean -> userScores.of(policy.name(), column, group).record(Math.max(0, mean)));
    }
}
