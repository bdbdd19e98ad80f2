package dev.funnel.candidate.snapshot;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.LiveGenerator;
import dev.funnel.candidate.index.LiveVectors;
import dev.funnel.candidate.index.LiveVectorsWriter;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.runtime.live.LiveBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places of live items in every generator of one bundle version. An item's vector is the one given for the generator, or else, of an item the
 * bundle does not hold, where the generator places it; a stored item without one given keeps its trained vector, because people's interactions
 * made it and not its columns. For one thread at a time; what it hands out is immutable.
 */
final class LiveGenerators {
    private static final Logger LOG = LoggerFactory.getLogger(LiveGenerators.class);

    private final List<Generator> stored;
    private final ServedShards shards;
    private final Map<String, Writers> writers = new HashMap<>();

    /** By who searches the item. */
    private record Writers(LiveVectorsWriter here, LiveVectorsWriter elsewhere) {
        Writers(int storedSize, int dimensions) {
            this(new LiveVectorsWriter(storedSize, dimensions), new LiveVectorsWriter(storedSize, dimensions));
        }
    }

    LiveGenerators(List<Generator> stored, ServedShards shards) {
        this.stored = stored;
        this.shards = shards;
    }

    /** Takes in what changed. */
    void take(LiveBatch batch) {
        for (Generator generator : stored) {
            if (generator.entry().dimensions() > 0) {
                Writers both = writers.computeIfAbsent(
                        generator.name(),
                        name -> new Writers(
                                batch.items().storedSize(), generator.entry().dimensions()));
                batch.changes().forEach(changed -> take(generator, both, batch.items(), changed));
            }
        }
    }

    /** The generators over the items as they are now. */
    List<Generator> over(ItemTable items) {
        return stored.stream().map(generator -> live(generator, items)).toList();
    }

    private Generator live(Generator generator, ItemTable items) {
        Writers both = writers.get(generator.name());
        return both == null
                ? new LiveGenerator(generator, items, LiveVectors.NONE, LiveVectors.NONE)
                : new LiveGenerator(
                        generator,
                        items,
                        both.here().publish(),
                        both.elsewhere().publish());
    }

    private void take(Generator generator, Writers both, ItemTable items, LiveBatch.Changed changed) {
        int item = changed.itemIndex();
        LiveVectorsWriter writer = shards.serves(shards.shardOf(items, item)) ? both.here() : both.elsewhere();
        switch (changed.change().change()) {
            case ItemChange.Remove _ -> writer.forget(item);
            case Upsert upsert ->
                upsert(generator, writer, items, item, upsert.vectors().get(generator.name()));
        }
    }

    private static void upsert(
            Generator generator,
            LiveVectorsWriter writer,
            ItemTable items,
            int item,
            ColumnValue.@Nullable Vector given) {
        if (given != null && given.values().length == generator.entry().dimensions()) {
            writer.give(item, given.values());
        } else if (item >= items.storedSize() && !writer.isGiven(item)) {
            place(generator, writer, items, item);
        }
    }

    /** An item that cannot be placed is found by other generators; that must not keep the others from being shown. */
    private static void place(Generator generator, LiveVectorsWriter writer, ItemTable items, int item) {
        try {
            generator
                    .newItems()
                    .flatMap(places -> places.place(items, item))
                    .filter(placed ->
                            placed.vector().length == generator.entry().dimensions())
                    .ifPresentOrElse(
                            placed -> writer.place(item, placed.vector(), placed.origin()), () -> writer.forget(item));
        } catch (RuntimeException e) {
            LOG.warn("generator {} cannot place item {}", generator.name(), items.id(item), e);
            writer.forget(item);
        }
    }
}
