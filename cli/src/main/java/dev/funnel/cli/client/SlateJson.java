package dev.funnel.cli.client;

import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.StageReport;
import dev.funnel.proto.gateway.v1.ItemReason;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A slate for programs: maps and lists that JSON can hold. */
public final class SlateJson {

    private SlateJson() {}

    /** One object with the whole answer; {@code seconds} is the time the caller waited. */
    public static Map<String, Object> of(RecommendResponse response, double seconds) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("system", "funnel");
        object.put("protocol", "recommend");
        object.put("request_id", response.getRequestId());
        object.put("bundle", response.getBundle().getName());
        object.put("version", response.getBundle().getVersion());
        object.put("pipeline", response.getPipeline().getName());
        object.put("policy", response.getPolicy().getName());
        object.put(
                "items", response.getItemsList().stream().map(SlateJson::item).toList());
        object.put(
                "degradations",
                response.getDegradationsList().stream()
                        .map(SlateJson::degradation)
                        .toList());
        object.put(
                "stages",
                response.getReportsList().stream().map(SlateJson::report).toList());
        object.put("next_page_token", response.getNextPageToken());
        object.put("seconds", seconds);
        return object;
    }

    /** A degradation as an object. */
    public static Map<String, Object> degradation(Degradation degradation) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("stage", Words.of(degradation.getStage()));
        object.put("kind", Words.of(degradation.getKind()));
        object.put("component", degradation.getComponent());
        object.put("cause", degradation.getCause());
        object.put("served_instead", degradation.getServedInstead());
        return object;
    }

    private static Map<String, Object> item(RecommendedItem item) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("place", item.getPlace());
        object.put("item_id", item.getItemId());
        object.put("title", item.getTitle());
        object.put("score", item.getScore());
        object.put("sources", sources(item));
        object.put("predictions", new TreeMap<>(item.getPredictionsMap()));
        object.put(
                "reasons", item.getReasonsList().stream().map(SlateJson::reason).toList());
        return object;
    }

    private static List<Map<String, Object>> sources(RecommendedItem item) {
        return IntStream.range(0, item.getSourcesCount())
                .mapToObj(i -> {
                    Map<String, Object> source = new LinkedHashMap<>();
                    source.put("generator", item.getSources(i));
                    if (i < item.getSourceScoresCount()) {
                        source.put("score", item.getSourceScores(i));
                    }
                    if (i < item.getSourceOriginsCount()) {
                        source.put("origin", Words.of(item.getSourceOrigins(i)));
                        source.put("item_origin", Words.of(item.getSourceItemOrigins(i)));
                    }
                    return source;
                })
                .toList();
    }

    private static Map<String, Object> reason(ItemReason reason) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("stage", Words.of(reason.getStage()));
        object.put("component", reason.getComponent());
        object.put("score_delta", reason.getScoreDelta());
        object.put("detail", reason.getDetail());
        return object;
    }

    private static Map<String, Object> report(StageReport report) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("stage", Words.of(report.getStage()));
        object.put("items_in", report.getItemsIn());
        object.put("items_out", report.getItemsOut());
        object.put(
                "seconds",
                report.getElapsed().getSeconds() + report.getElapsed().getNanos() / 1e9);
        return object;
    }
}
