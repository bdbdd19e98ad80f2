package dev.funnel.candidate.snapshot;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.LiveGenerator;
import dev.funnel.candidate.generate.NewItems;
import dev.funnel.candidate.generate.StoredChanges;
import dev.funnel.candidate.index.LiveVectors;
import dev.funnel.candidate.index.LiveVectorsWriter;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.runtime.live.LiveBatch;
import dev.funnel.runtime.telemetry.SparseLines;
import dev.funnel.runtime.wire.ItemOrigin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The places of live items in every generator of one bundle version. An item's vector is the one given for the generator, or else the one
 * it is folded in to from who watched it, or else where the generator places it by its columns. Of an item that the bundle holds the last
 * two count only if its vector there is made of columns; one that people's interactions made stays. For one thread at a time; what it
 * hands out is immutable.
 */
final class LiveGenerators {
    /** What a vector of one length may differ by from the same worked out otherwise: rounding, and less than any column makes. */
    private static final float ROUNDING = 1e-5f;

    private final SparseLines lines = new SparseLines(LoggerFactory.getLogger(LiveGenerators.class));
    private final List<Generator> stored;
    private final ItemTable storedItems;
    private final ServedShards shards;
    private final Map<String, Writers> writers = new HashMap<>();
    private StoredChanges changes = StoredChanges.NONE;

    /** By who searches the item. */
    private record Writers(LiveVectorsWriter here, LiveVectorsWriter elsewhere) {
        Writers(int storedSize, int dimensions) {
            this(new LiveVectorsWriter(storedSize, dimensions), new LiveVectorsWriter(storedSize, dimensions));
        }
    }

    LiveGenerators(List<Generator> stored, ItemTable storedItems, ServedShards shards) {
        this.stored = stored;
        this.storedItems = storedItems;
        this.shards = shards;
    }

    /** Takes in what changed. */
    void take(LiveBatch batch) {
        int[] items =
                batch.changes().stream().mapToInt(LiveBatch.Changed::itemIndex).toArray();
        changes = changes.with(items, storedItems, batch.items());
        for (Generator generator : stored) {
            if (generator.entry().dimensions() > 0) {
                Writers both = writers.computeIfAbsent(
                        generator.name(),
                        name -> new Writers(
                                storedItems.size(), generator.entry().dimensions()));
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
                ? new LiveGenerator(generator, items, LiveVectors.NONE, LiveVectors.NONE, changes)
                : new LiveGenerator(
                        generator,
                        items,
                        both.here().publish(),
                        both.elsewhere().publish(),
                        changes);
    }

    private void take(Generator generator, Writers both, ItemTable items, LiveBatch.Changed changed) {
        int item = changed.itemIndex();
        LiveVectorsWriter writer = shards.serves(shards.shardOf(items, item)) ? both.here() : both.elsewhere();
        switch (changed.change().change()) {
            case ItemChange.Remove _ -> writer.forget(item);
            case Upsert upsert -> upsert(generator, writer, items, item, upsert);
        }
    }

    private void upsert(Generator generator, LiveVectorsWriter writer, ItemTable items, int item, Upsert upsert) {
        ColumnValue.Vector given = upsert.vectors().get(generator.name());
        if (given != null && given.values().length == generator.entry().dimensions()) {
            writer.give(item, given.values());
        } else if (!writer.isGiven(item)) {
            generator.newItems().ifPresent(places -> place(generator, places, writer, items, item, upsert));
        }
    }

    /** An item that cannot be placed is found by other generators; that must not keep the others from being shown. */
    private void place(
            Generator generator, NewItems places, LiveVectorsWriter writer, ItemTable items, int item, Upsert upsert) {
        try {
            boolean isStored = item < storedItems.size();
            Optional<float[]> before = isStored ? places.storedByColumns(item) : Optional.empty();
            if (!isStored || before.isPresent()) {
                Optional<NewItems.Placed> watched = places.placeWatched(upsert.watchedBy());
                if (watched.isPresent()) {
                    writer.place(item, watched.get().vector(), watched.get().origin());
                } else if (!upsert.watchedBy().isEmpty() || !isFoldedIn(writer, item)) {
                    placeByColumns(places, writer, items, item, before);
                }
            }
        } catch (RuntimeException e) {
            lines.error(generator.name(), "generator " + generator.name() + " cannot place item " + items.id(item), e);
            writer.forget(item);
        }
    }

    /** By the watchers last given, which columns do not change. */
    private static boolean isFoldedIn(LiveVectorsWriter writer, int item) {
        return writer.origin(item).filter(ItemOrigin.WATCHERS::equals).isPresent();
    }

    /**
     * An item that lies where the bundle has it needs no live vector; one of whose columns nothing is left that says where it belongs lies
     * at zero, as in a bundle.
     *
     * @param before where the bundle has it; empty if it does not
     */
    private static void placeByColumns(
            NewItems places, LiveVectorsWriter writer, ItemTable items, int item, Optional<float[]> before) {
        Optional<NewItems.Placed> placed = places.place(items, item)
                .or(() -> before.map(vector -> new NewItems.Placed(new float[vector.length], ItemOrigin.TRAINED)));
        if (placed.isEmpty() || before.isPresent() && isSame(placed.get().vector(), before.get())) {
            writer.forget(item);
        } else {
            writer.place(item, placed.get().vector(), placed.get().origin());
        }
    }

    private static boolean isSame(float[] vector, float[] other) {
        float longest = 1;
        float difference = 0;
        for (int i = 0; i < vector.length; i++) {
            longest = Math.max(longest, Math.abs(other[i]));
            difference = Math.max(difference, Math.abs(vector[i] - other[i]));
        }
        return difference <= ROUNDING * longest;
    }
}
