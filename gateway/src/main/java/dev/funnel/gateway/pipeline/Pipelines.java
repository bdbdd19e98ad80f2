package dev.funnel.gateway.pipeline;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.HeadEntry;
import dev.funnel.bundle.InvalidPredicateException;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.PredicateContext;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.gateway.snapshot.GatewaySnapshot;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.StrictRule;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipelines a gateway knows, by name. */
public final class Pipelines {
    private static final Logger LOG = LoggerFactory.getLogger(Pipelines.class);
    private static final String HOME = "home";
    private static final String RELATED = "related";
    private static final String ITEM_TABLE = "items.safetensors";
    private static final int MAX_PIPELINES = 1_000;

    private final SortedMap<String, Pipeline> byName = new TreeMap<>();

    public Pipelines(Map<String, PipelineConfiguration> configurations) {
        Rule.between("pipelines", configurations.size(), 1, MAX_PIPELINES);
        configurations.forEach((name, settings) -> {
            int bytes = name.getBytes(StandardCharsets.UTF_8).length;
            Rule.between("pipelines: bytes of the name \"" + name + "\"", bytes, 1, Bounds.ID_BYTES);
            byName.put(name, Pipeline.of(name, settings));
        });
    }

    /** All, by name. */
    public Collection<Pipeline> all() {
        return byName.values();
    }

    public Optional<Pipeline> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The pipeline a caller means.
     *
     * @param name empty: {@value #RELATED} if there is a seed item and such a pipeline, else {@value #HOME}
     * @throws CallerError naming the pipelines there are
     */
    public Pipeline resolve(String name, boolean seeded) {
        String meant = name.isEmpty() ? usual(seeded) : name;
        return find(meant)
                .orElseThrow(() -> new CallerError(
                        "pipeline", name, "must be the name of a pipeline: " + String.join(", ", byName.keySet())));
    }

    private String usual(boolean seeded) {
        return seeded && byName.containsKey(RELATED) ? RELATED : HOME;
    }

    /**
     * Sees to it that every strict rule can be checked on a bundle's items and that its ranker has every head, and logs which optional generators it lacks.
     *
     * @throws BundleRefusedException naming the pipeline and the rule that cannot, or the head
     */
    public void checkAgainst(Bundle bundle) throws BundleRefusedException {
        Set<String> held = GatewaySnapshot.generators(bundle);
        for (Pipeline pipeline : all()) {
            pipeline.without(held)
                    .forEach(name -> LOG.info(
                            "bundle {} has no generator {}, which is optional in pipeline {}: it is not asked",
                            bundle.version(),
                            name,
                            pipeline.name()));
            checkRules(bundle.items(), pipeline);
            checkHeads(bundle, pipeline);
        }
    }

    /** A pipeline that names a head which no ranker has would be refused by ranking on every request. */
    private static void checkHeads(Bundle bundle, Pipeline pipeline) throws BundleRefusedException {
        RankerEntry ranker = bundle.manifest().ranker();
        if (ranker == null || !pipeline.settings().ranking()) {
            return;
        }
        List<String> heads = ranker.heads().stream().map(HeadEntry::name).toList();
        for (String head : pipeline.settings().heads()) {
            if (!heads.contains(head)) {
                throw new BundleRefusedException(
                        "manifest.json",
                        "has a ranker with the heads " + heads + ", not pipelines." + pipeline.name() + ".heads: "
                                + head);
            }
        }
    }

    private static void checkRules(ItemTable items, Pipeline pipeline) throws BundleRefusedException {
        for (StrictRule rule : pipeline.strictRules()) {
            checkAgainst(items, pipeline, rule);
        }
    }

    private static void checkAgainst(ItemTable items, Pipeline pipeline, StrictRule rule)
            throws BundleRefusedException {
        String field = "pipelines." + pipeline.name() + ".strict_rules." + rule.name();
        try {
            rule.predicate().compile(items, PredicateContext.EMPTY, field);
        } catch (InvalidPredicateException e) {
            throw new BundleRefusedException(
                    ITEM_TABLE, "cannot be checked by the rules of this gateway: " + e.getMessage());
        }
    }
}
