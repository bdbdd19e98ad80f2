package dev.funnel.cli.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gateway's pipelines for an evaluation: one per generator alone, all of them pooled by calibrated score, the pool ranked, and
 * the ranked pool re-ranked. Time is no object, so that every stage gives its full answer.
 */
final class EvaluationPipelines {

    static final String POOLED = "pooled";
    static final String RANKED = "ranked";
    static final String RERANKED = "reranked";

    /** The reranking policy of {@link #RERANKED}. */
    static final String POLICY = "default";

    /** What a call is given: quality is measured, not speed. */
    static final String DEADLINE = "10s";

    private static final String NO_POLICY = "none";

    private EvaluationPipelines() {}

    /** Name of the pipeline of one generator alone. */
    static String alone(String generator) {
        return "only-" + generator;
    }

    /** All of them by name, as the gateway's configuration writes pipelines. */
    static Map<String, Object> of(List<String> generators) {
        Map<String, Object> pipelines = new LinkedHashMap<>();
        generators.forEach(
                generator -> pipelines.put(alone(generator), pipeline(List.of(generator), false, NO_POLICY)));
        pipelines.put(POOLED, pipeline(generators, false, NO_POLICY));
        pipelines.put(RANKED, pipeline(generators, true, NO_POLICY));
        pipelines.put(RERANKED, pipeline(generators, true, POLICY));
        return pipelines;
    }

    private static Map<String, Object> pipeline(List<String> generators, boolean ranking, String policy) {
        List<Map<String, Object>> asked = new ArrayList<>();
        generators.forEach(generator -> asked.add(Map.of("name", generator)));
        Map<String, Object> pipeline = new LinkedHashMap<>();
        pipeline.put("generators", asked);
        pipeline.put("ranking", ranking ? "on" : "off");
        pipeline.put("policy", policy);
        pipeline.put("page_size", Slates.SIZE);
        pipeline.put("deadline", DEADLINE);
        pipeline.put("deadline_cap", DEADLINE);
        return pipeline;
    }
}
