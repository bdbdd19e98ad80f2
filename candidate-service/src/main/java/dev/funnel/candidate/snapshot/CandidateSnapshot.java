package dev.funnel.candidate.snapshot;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.UserTable;
import dev.funnel.candidate.cache.PredicateBitmaps;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.runtime.live.LiveBatch;
import dev.funnel.runtime.live.LiveSnapshot;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one bundle version contributes to candidate generation: its tables and the generators over it, by name. */
public final class CandidateSnapshot implements LiveSnapshot<CandidateSnapshot> {
    private final ItemTable items;
    private final UserTable users;
    private final ServedShards shards;
    private final PredicateBitmaps predicates;
    /** What is worked out of live items for the snapshots after this one; null: nothing has changed yet. */
    private final @Nullable LiveGenerators live;

    private final Map<String, Generator> generators = new LinkedHashMap<>();

    /** @param predicates over {@code items} */
    public CandidateSnapshot(
            ItemTable items,
            UserTable users,
            List<Generator> generators,
            ServedShards shards,
            PredicateBitmaps predicates) {
        this(items, users, generators, shards, predicates, null);
    }

    private CandidateSnapshot(
            ItemTable items,
            UserTable users,
            List<Generator> generators,
            ServedShards shards,
            PredicateBitmaps predicates,
            @Nullable LiveGenerators live) {
        this.items = items;
        this.users = users;
        this.shards = shards;
        this.predicates = predicates;
        this.live = live;
        generators.forEach(generator -> this.generators.put(generator.name(), generator));
    }

    private CandidateSnapshot(ItemTable items, CandidateSnapshot earlier, LiveGenerators live) {
        this(items, earlier.users, live.over(items), earlier.shards, earlier.predicates, live);
    }

    @Override
    public CandidateSnapshot with(LiveBatch batch) {
        LiveGenerators known =
                live == null ? new LiveGenerators(List.copyOf(generators.values()), items, shards) : live;
        known.take(batch);
        return new CandidateSnapshot(batch.items(), this, known);
    }

    public ItemTable items() {
        return items;
    }

    public UserTable users() {
        return users;
    }

    /** Which items are searched. */
    public ServedShards shards() {
        return shards;
    }

    /** Bitmaps of predicates over the bundle's own items. */
    public PredicateBitmaps predicates() {
        return predicates;
    }

    /** All generators, in the order configured. */
    public Collection<Generator> generators() {
        return generators.values();
    }

    public Optional<Generator> generator(String name) {
        return Optional.ofNullable(generators.get(name));
    }

    @Override
    public void close() {
        generators.values().forEach(Generator::close);
    }
}
