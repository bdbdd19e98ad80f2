package dev.funnel.trainer.train;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.HeadReliability;
import dev.funnel.trainer.fit.Reliability;
import dev.funnel.trainer.read.ReadReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What training did and found.
 *
 * @param version null if nothing was published
 * @param positives interactions that speak for their item and were not left at once
 * @param lists how good the generators are on the hold-out, by generator's name; also {@code pooled} and, with a ranker,
 *     {@code ranked}: the same pool in the ranker's order
 * @param reliability how far the generators' calibrated scores are probabilities, by generator's name
 * @param unseen what the generators find of items that nobody had touched before the hold-out
 * @param ranker null without a ranker or without impressions in the hold-out
 * @param seconds by step
 */
public record TrainingReport(
        @Nullable BundleVersion version,
        int items,
        int users,
        int interactions,
        int positives,
        int impressions,
        ReadReport read,
        Map<String, ListMetrics> lists,
        Map<String, Reliability> reliability,
        UnseenItems unseen,
        @Nullable RankerReport ranker,
        Map<String, Double> seconds) {

    public static final String POOLED = "pooled";
    public static final String RANKED = "ranked";

    /** What goes into the manifest. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        lists.forEach((name, list) -> {
            put(metrics, name + ".recall@50", list.recallAt50());
            put(metrics, name + ".ndcg@10", list.ndcgAt10());
        });
        unseen.recall().forEach((name, recall) -> put(metrics, name + ".unseen_items.recall@50", recall));
        reliability.forEach((name, one) -> put(metrics, name + ".calibration_error", one.error()));
        if (ranker != null) {
            put(metrics, "ranker.per_user_loss", ranker.perUserLoss());
            put(metrics, "ranker.auc", ranker.auc());
            put(metrics, "ranker.calibration", ranker.calibration());
            put(metrics, "ranker.calibration.worst_decile", ranker.worstDecile());
        }
        return metrics;
    }

    /** The report as a flat JSON object's fields. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("system", "train");
        json.put("protocol", "holdout");
        json.put("version", version == null ? null : version.value());
        json.put("items", items);
        json.put("users", users);
        json.put("interactions", interactions);
        json.put("positives", positives);
        json.put("impressions", impressions);
        json.put("bad_rows", read.badRows());
        json.putAll(metrics());
        if (ranker != null) {
            json.put(
                    "ranker.reliability",
                    ranker.reliability().stream().map(TrainingReport::json).toList());
        }
        json.put("seconds", total());
        return json;
    }

    /** The report as lines of text. */
    public String text() {
        StringBuilder text = new StringBuilder(read.text());
        line(
                text,
                "%,d items, %,d users, %,d interactions (%,d positive), %,d impressions",
                items,
                users,
                interactions,
                positives,
                impressions);
        line(
                text,
                "%n%-10s %9s %9s %9s   on the hold-out, %,d users",
                "list",
                "recall@50",
                "NDCG@10",
                "HR@10",
                evaluated());
        lists.forEach((name, list) ->
                line(text, "%-10s %9.4f %9.4f %9.4f", name, list.recallAt50(), list.ndcgAt10(), list.hitRateAt10()));
        describe(text, unseen);
        describe(text, reliability);
        if (ranker != null) {
            describe(text, ranker);
        }
        text.append('\n');
        seconds.forEach((step, taken) -> line(text, "%6.1f s  %s", taken, step));
        line(text, "%6.1f s  in all", total());
        line(text, version == null ? "nothing published" : "published %s", version);
        return text.toString();
    }

    private int evaluated() {
        return lists.values().stream().mapToInt(ListMetrics::users).max().orElse(0);
    }

    private double total() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static void describe(StringBuilder text, UnseenItems unseen) {
        if (unseen.users() > 0) {
            line(
                    text,
                    "%n%-10s %9s   among the %,d items nobody had touched before, %,d users",
                    "list",
                    "recall@50",
                    unseen.items(),
                    unseen.users());
            unseen.recall().forEach((name, recall) -> line(text, "%-10s %9.4f", name, recall));
        }
    }

    private static void describe(StringBuilder text, Map<String, Reliability> reliability) {
        line(text, "%n%-10s %9s   predicted:observed %% of nominations watched, by decile", "calibrated", "error");
        reliability.forEach((name, one) -> {
            StringBuilder deciles = new StringBuilder();
            for (int part = 0; part < one.predicted().length; part++) {
                deciles.append(String.format(
                        Locale.ROOT, " %.2f:%.2f", 100 * one.predicted()[part], 100 * one.observed()[part]));
            }
            line(text, "%-10s %9.4f  %s", name, one.error(), deciles);
        });
    }

    private static void describe(StringBuilder text, RankerReport ranker) {
        line(text, "%n%-10s %s   on %,d held-out impressions", "order", "per-user loss", ranker.impressions());
        line(text, "%-10s %13.4f", "ranker", ranker.perUserLoss());
        ranker.perUserLossOf().forEach((name, loss) -> line(text, "%-10s %13.4f", name, loss));
        line(
                text,
                "ranker's AUC %.4f, predicted / observed %.3f, in the worst decile %.3f",
                ranker.auc(),
                ranker.calibration(),
                ranker.worstDecile());
        line(text, "%n%-10s %-25s %9s %9s   predicted:observed, by part", "head", "group", "examples", "ratio");
        for (HeadReliability one : ranker.reliability()) {
            StringBuilder parts = new StringBuilder();
            one.parts()
                    .forEach(part ->
                            parts.append(String.format(Locale.ROOT, " %.3g:%.3g", part.predicted(), part.observed())));
            line(text, "%-10s %-25s %,9d %9.3f  %s", one.head(), one.group(), one.examples(), one.ratio(), parts);
        }
    }

    private static Map<String, Object> json(HeadReliability one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("head", one.head());
        json.put("group", one.group());
        json.put("examples", one.examples());
        json.put("ratio", one.ratio());
        json.put(
                "predicted",
                one.parts().stream().map(HeadReliability.Part::predicted).toList());
        json.put(
                "observed",
                one.parts().stream().map(HeadReliability.Part::observed).toList());
        return json;
    }

    private static void line(StringBuilder text, String format, @Nullable Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static void put(Map<String, Double> metrics, String name, double value) {
        if (Double.isFinite(value)) {
            metrics.put(name, value);
        }
    }
}
