package dev.funnel.cli.client;

import dev.funnel.proto.common.v1.ItemTrace;
import dev.funnel.proto.gateway.v1.ExplainResponse;
import dev.funnel.proto.gateway.v1.ItemExplanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of items, for people and for programs. */
public final class ExplanationText {

    private ExplanationText() {}

    /** A paragraph per item: the verdict, then what each stage said. */
    public static List<String> of(ExplainResponse response) {
        List<String> lines = new ArrayList<>();
        for (ItemExplanation explanation : response.getExplanationsList()) {
            lines.add(explanation.getItemId() + ": " + explanation.getSummary());
            explanation.getTracesList().forEach(trace -> lines.add("    " + sentence(trace)));
        }
        response.getDegradationsList().forEach(degradation -> lines.add(SlateText.sentence(degradation)));
        return lines;
    }

    /** One object per item. */
    public static List<Map<String, Object>> objects(ExplainResponse response) {
        return response.getExplanationsList().stream()
                .map(explanation -> object(response, explanation))
                .toList();
    }

    private static Map<String, Object> object(ExplainResponse response, ItemExplanation explanation) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("system", "funnel");
        object.put("protocol", "explain");
        object.put("version", response.getBundle().getVersion());
        object.put("item_id", explanation.getItemId());
        object.put("place", explanation.getPlace());
        object.put("stage", Words.of(explanation.getStage()));
        object.put("component", explanation.getComponent());
        object.put("summary", explanation.getSummary());
        object.put(
                "traces",
                explanation.getTracesList().stream().map(ExplanationText::trace).toList());
        return object;
    }

    private static Map<String, Object> trace(ItemTrace trace) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("stage", Words.of(trace.getStage()));
        object.put("verdict", Words.of(trace.getVerdict()));
        object.put("component", trace.getComponent());
        object.put("detail", trace.getDetail());
        object.put("score", trace.getScore());
        object.put("place", trace.getPlace());
        return object;
    }

    private static String sentence(ItemTrace trace) {
        String component = trace.getComponent().isEmpty() ? "" : " by " + trace.getComponent();
        String detail = trace.getDetail().isEmpty() ? "" : ": " + trace.getDetail();
        return "%-14s %s%s%s".formatted(Words.of(trace.getStage()), Words.of(trace.getVerdict()), component, detail);
    }
}
