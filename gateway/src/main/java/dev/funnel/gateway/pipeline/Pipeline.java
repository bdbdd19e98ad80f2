package dev.funnel.gateway.pipeline;

import dev.funnel.gateway.stage.Enough;
import dev.funnel.gateway.stage.GeneratorRequest;
import dev.funnel.runtime.wire.StrictRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A named configuration of all stages, ready for use.
 *
 * @param hash SHA-256 of its content, in hex: equal for pipelines that do the same
 */
public record Pipeline(String name, String hash, PipelineConfiguration settings) {

    static Pipeline of(String name, PipelineConfiguration settings) {
        return new Pipeline(name, ContentHash.of(settings), settings);
    }

    /**
     * Generators by group, in the order of the configuration, one call each; without optional ones that a bundle lacks.
     *
     * @param held names of the bundle's generators
     */
    public List<List<GeneratorRequest>> groups(Set<String> held) {
        Map<String, List<GeneratorRequest>> groups = new LinkedHashMap<>();
        settings.generators().stream()
                .filter(generator -> !generator.optional() || held.contains(generator.name()))
                .forEach(generator -> groups.computeIfAbsent(generator.group(), group -> new ArrayList<>())
                        .add(new GeneratorRequest(generator.name(), generator.limit())));
        return List.copyOf(groups.values());
    }

    /**
     * Which of the generators asked are enough.
     *
     * @param held names of the bundle's generators
     */
    public Enough enough(Set<String> held) {
        MinimumSet minimum = settings.minimum();
        if (minimum == null) {
            return Enough.ALL;
        }
        List<String> without = without(held);
        return new Enough(
                minimum.generators().stream()
                        .filter(name -> !without.contains(name))
                        .collect(Collectors.toSet()),
                minimum.count(),
                minimum.grace());
    }

    /** Its optional generators that a bundle lacks. */
    List<String> without(Set<String> held) {
        return settings.generators().stream()
                .filter(GeneratorConfiguration::optional)
                .map(GeneratorConfiguration::name)
                .filter(name -> !held.contains(name))
                .toList();
    }

    public List<StrictRule> strictRules() {
        return settings.strictRules();
    }

    public boolean reranks() {
        return !settings.policy().equals(PipelineConfiguration.NO_POLICY);
    }
}
