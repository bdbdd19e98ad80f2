package dev.funnel.candidate.snapshot;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.candidate.cache.Caches;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.GeneratorKinds;
import dev.funnel.candidate.generate.GeneratorSettings;
import dev.funnel.candidate.generate.Serving;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.candidate.index.ShardSettings;
import dev.funnel.runtime.bundle.SnapshotLoader;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the generators that the configuration lists, or all that the bundle has if it lists none, and asks each the bundle's golden
 * queries, which also warms it. A generator that is configured but not in the bundle is left out, and logged.
 */
public final class CandidateSnapshotLoader implements SnapshotLoader<CandidateSnapshot> {
    private static final Logger LOG = LoggerFactory.getLogger(CandidateSnapshotLoader.class);

    private final List<GeneratorSettings> configured;
    private final GeneratorKinds kinds;
    private final ShardSettings shards;
    private final Caches caches;

    public CandidateSnapshotLoader(
            List<GeneratorSettings> configured, GeneratorKinds kinds, ShardSettings shards, Caches caches) {
        configured.forEach(settings -> kinds.get(settings.kind()));
        this.configured = configured;
        this.kinds = kinds;
        this.shards = shards;
        this.caches = caches;
    }

    @Override
    public CandidateSnapshot load(Bundle bundle) throws BundleRefusedException {
        Serving serving = new Serving(new ServedShards(bundle.shards(), shards), caches.queries());
        List<Generator> generators = new ArrayList<>();
        try {
            for (GeneratorSettings settings : settingsFor(bundle)) {
                generators.add(load(bundle, settings, serving));
            }
            CandidateSnapshot snapshot = new CandidateSnapshot(
                    bundle.items(), bundle.users(), generators, serving.shards(), caches.predicates(bundle.items()));
            GoldenQueries.check(bundle, snapshot);
            return snapshot;
        } catch (BundleRefusedException | RuntimeException e) {
            generators.forEach(Generator::close);
            throw e;
        }
    }

    private List<GeneratorSettings> settingsFor(Bundle bundle) {
        List<GeneratorSettings> chosen = new ArrayList<>();
        for (GeneratorSettings settings : configured) {
            if (bundle.manifest().generator(settings.name()) != null) {
                chosen.add(settings);
            } else {
                LOG.warn("bundle {} has no generator {}: it is left out", bundle.version(), settings.name());
            }
        }
        return configured.isEmpty() ? allOf(bundle) : chosen;
    }

    private List<GeneratorSettings> allOf(Bundle bundle) {
        List<GeneratorSettings> all = new ArrayList<>();
        for (GeneratorEntry entry : bundle.manifest().generators()) {
            if (kinds.has(entry.kind())) {
                all.add(GeneratorSettings.usual(entry.name(), entry.kind()));
            } else {
                LOG.warn("generator {} is of the unknown kind {}: it is left out", entry.name(), entry.kind());
            }
        }
        return all;
    }

    private Generator load(Bundle bundle, GeneratorSettings settings, Serving serving) throws BundleRefusedException {
        GeneratorEntry entry = bundle.manifest().generator(settings.name());
        if (entry == null || !entry.kind().equals(settings.kind())) {
            throw new BundleRefusedException(
                    "manifest.json",
                    "generator " + settings.name() + " is of kind " + (entry == null ? "none" : entry.kind())
                            + ", configured is " + settings.kind());
        }
        return kinds.get(settings.kind()).load(bundle, entry, settings, serving);
    }
}
