package dev.funnel.gateway.pipeline;

import dev.funnel.gateway.stage.GeneratorRequest;
import dev.funnel.runtime.wire.StrictRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A named configuration of all stages, ready for use.
 *
 * @param hash SHA-256 of its content, in hex: equal for pipelines that do the same
 * @param groups generators by group, in the order of the configuration; one call each
 */
public record Pipeline(String name, String hash, PipelineConfiguration settings, List<List<GeneratorRequest>> groups) {

    static Pipeline of(String name, PipelineConfiguration settings) {
        Map<String, List<GeneratorRequest>> groups = new LinkedHashMap<>();
        settings.generators()
                .forEach(generator -> groups.computeIfAbsent(generator.group(), group -> new ArrayList<>())
                        .add(new GeneratorRequest(generator.name(), generator.limit())));
        return new Pipeline(name, ContentHash.of(settings), settings, List.copyOf(groups.values()));
    }

    public List<StrictRule> strictRules() {
        return settings.strictRules();
    }

    public boolean reranks() {
        return !settings.policy().equals(PipelineConfiguration.NO_POLICY);
    }
}
