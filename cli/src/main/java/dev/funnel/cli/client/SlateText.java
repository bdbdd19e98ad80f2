package dev.funnel.cli.client;

import dev.funnel.cli.console.TextTable;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.ItemOrigin;
import dev.funnel.proto.common.v1.QueryOrigin;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A slate for people: a table, what was degraded, and which bundle answered. */
public final class SlateText {

    private SlateText() {}

    public static List<String> of(RecommendResponse response) {
        TextTable table = new TextTable("place", "item", "title", "sources", "score", "predicted", "why");
        for (RecommendedItem item : response.getItemsList()) {
            table.row(
                    item.getPlace(),
                    item.getItemId(),
                    item.getTitle(),
                    sources(item),
                    "%.4g".formatted(item.getScore()),
                    predictions(item.getPredictionsMap()),
                    reasons(item));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(origin(response));
        response.getDegradationsList().forEach(degradation -> lines.add(sentence(degradation)));
        return lines;
    }

    /** A degradation in one line. */
    public static String sentence(Degradation degradation) {
        String part = degradation.getComponent().isEmpty() ? "" : " " + degradation.getComponent();
        String instead =
                degradation.getServedInstead().isEmpty() ? "" : "; served instead: " + degradation.getServedInstead();
        return "degraded: %s%s %s: %s%s"
                .formatted(
                        Words.of(degradation.getStage()),
                        part,
                        Words.of(degradation.getKind()),
                        degradation.getCause(),
                        instead);
    }

    private static String origin(RecommendResponse response) {
        return "bundle %s %s, pipeline %s, policy %s"
                .formatted(
                        response.getBundle().getName(),
                        response.getBundle().getVersion(),
                        response.getPipeline().getName(),
                        response.hasPolicy() ? response.getPolicy().getName() : "none");
    }

    private static String sources(RecommendedItem item) {
        return IntStream.range(0, item.getSourcesCount())
                .mapToObj(i -> source(item, i))
                .collect(Collectors.joining(", "));
    }

    private static String source(RecommendedItem item, int i) {
        String score = i < item.getSourceScoresCount() ? " %.3g".formatted(item.getSourceScores(i)) : "";
        String origin = i < item.getSourceOriginsCount() ? origin(item, i) : "";
        return item.getSources(i) + score + origin;
    }

    /** What was searched for and, of an item that was not fitted on, where its place comes from; nothing of a list. */
    private static String origin(RecommendedItem item, int i) {
        List<String> words = new ArrayList<>();
        if (item.getSourceOrigins(i) != QueryOrigin.QUERY_ORIGIN_UNSPECIFIED) {
            words.add(Words.of(item.getSourceOrigins(i)));
        }
        if (item.getSourceItemOrigins(i) != ItemOrigin.ITEM_ORIGIN_UNSPECIFIED) {
            words.add("item by " + Words.of(item.getSourceItemOrigins(i)));
        }
        return words.isEmpty() ? "" : " (" + String.join(", ", words) + ")";
    }

    private static String predictions(Map<String, Float> predictions) {
        return predictions.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> String.format(Locale.ROOT, "%s %.3g", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String reasons(RecommendedItem item) {
        return item.getReasonsList().stream()
                .map(reason -> reason.getDetail().isEmpty()
                        ? reason.getComponent()
                        : reason.getComponent() + ": " + reason.getDetail())
                .collect(Collectors.joining("; "));
    }
}
