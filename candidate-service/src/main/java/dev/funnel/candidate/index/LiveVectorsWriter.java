package dev.funnel.candidate.index;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.PagedInts;
import dev.funnel.runtime.wire.ItemOrigin;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the vectors of changed items and makes a {@link LiveVectors} of them at each publication, on the publishing thread: what came
 * since the last becomes a segment, and {@value #FAN} segments of like size become one, so that n items lie in O(log n) segments and each
 * is copied O(log n) times; where sizes fall and rise, {@value LiveVectors#MOST_PARTS} segments are the bound. For one thread at a time.
 */
public final class LiveVectorsWriter {
    private static final int FAN = 4;
    private static final int LEAST_TIER = 64;

    private final int storedSize;
    private final int dimensions;
    private final ArrayList<Growing> segments = new ArrayList<>();
    private final PagedInts.Writer places = new PagedInts.Writer(0, LiveVectors.NOWHERE);
    private final Map<Integer, New> unpublished = new HashMap<>();
    private final Set<Integer> given = new HashSet<>();
    private BitSet replaced = new BitSet();
    private @Nullable LiveVectors published = LiveVectors.NONE; // null: something has changed since

    /** A segment, with the rows of it that do not count any more; the set is copied when it changes. */
    private static final class Growing {
        private final LiveSegment segment;
        private BitSet dead = new BitSet();

        Growing(LiveSegment segment) {
            this.segment = segment;
        }

        int alive() {
            return segment.size() - dead.cardinality();
        }

        int tier() {
            return (31 - Integer.numberOfLeadingZeros(Math.max(1, segment.size() / LEAST_TIER))) / 2;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record New(float[] vector, ItemOrigin origin) {}

    /** @param storedSize items below it are in the bundle's index */
    public LiveVectorsWriter(int storedSize, int dimensions) {
        this.storedSize = storedSize;
        this.dimensions = dimensions;
    }

    /** Whether the item's vector was given, and not worked out. */
    public boolean isGiven(int item) {
        return given.contains(item);
    }

    /** How the item came to its live vector; empty if it has none. */
    public Optional<ItemOrigin> origin(int item) {
        New latest = unpublished.get(item);
        if (latest != null) {
            return Optional.of(latest.origin());
        }
        int place = places.now().get(item);
        return place == LiveVectors.NOWHERE
                ? Optional.empty()
                : Optional.of(segments.get(LiveVectors.part(place)).segment.origin(LiveVectors.row(place)));
    }

    /** The item has this vector, given by whoever brought it. */
    public void give(int item, float[] vector) {
        place(item, vector, ItemOrigin.COLUMN);
        given.add(item);
    }

    /** The item has this vector, worked out from what is known of it. */
    public void place(int item, float[] vector, ItemOrigin origin) {
        if (vector.length != dimensions) {
            throw new IllegalArgumentException("a vector of " + vector.length + " values, must have " + dimensions);
        }
        published = null;
        unpublished.put(item, new New(vector, origin));
    }

    /** The item has no live vector any more; a stored item has that of the bundle again. */
    public void forget(int item) {
        published = null;
        given.remove(item);
        unpublished.remove(item);
        bury(item);
        if (item < storedSize && replaced.get(item)) {
            replaced = (BitSet) replaced.clone();
            replaced.clear(item);
        }
    }

    /** The vectors as they are now. If that throws, nothing is lost: the next call shows it. */
    public LiveVectors publish() {
        if (published == null) {
            published = made();
        }
        return published;
    }

    private LiveVectors made() {
        if (!unpublished.isEmpty()) {
            replaced = (BitSet) replaced.clone();
            unpublished.keySet().forEach(this::bury);
            unpublished.keySet().stream().filter(item -> item < storedSize).forEach(item -> replaced.set(item));
            Growing added = grown(unpublished);
            segments.ensureCapacity(segments.size() + 1);
            prepare(added);
            add(added);
            unpublished.clear();
            mergeTiers();
        }
        return new LiveVectors(
                segments.stream()
                        .map(each -> new LiveSegment.Part(each.segment, each.dead))
                        .toList(),
                replaced,
                places.snapshot());
    }

    private void bury(int item) {
        int place = places.now().get(item);
        if (place != LiveVectors.NOWHERE) {
            Growing in = segments.get(LiveVectors.part(place));
            in.dead = (BitSet) in.dead.clone();
            in.dead.set(LiveVectors.row(place));
            places.set(item, LiveVectors.NOWHERE);
        }
    }

    private Growing grown(Map<Integer, New> placed) {
        int[] items = new int[placed.size()];
        ItemOrigin[] origins = new ItemOrigin[items.length];
        float[] vectors = new float[items.length * dimensions];
        int row = 0;
        for (Map.Entry<Integer, New> each : placed.entrySet()) {
            items[row] = each.getKey();
            origins[row] = each.getValue().origin();
            System.arraycopy(each.getValue().vector(), 0, vectors, row * dimensions, dimensions);
            row++;
        }
        return new Growing(new LiveSegment(items, origins, FloatMatrix.of(vectors, items.length, dimensions)));
    }

    /** Takes the memory that {@link #add} needs beside a place in the list, so that it ends what it began. */
    private void prepare(Growing added) {
        for (int row = 0; row < added.segment.size(); row++) {
            places.prepare(added.segment.item(row));
        }
    }

    private void add(Growing added) {
        for (int row = 0; row < added.segment.size(); row++) {
            places.set(added.segment.item(row), LiveVectors.place(segments.size(), row));
        }
        segments.add(added);
    }

    private void mergeTiers() {
        while (segments.size() >= FAN) {
            List<Growing> last = segments.subList(segments.size() - FAN, segments.size());
            int tier = last.getFirst().tier();
            if (segments.size() < LiveVectors.MOST_PARTS && last.stream().anyMatch(each -> each.tier() < tier)) {
                return;
            }
            Growing together = together(last);
            prepare(together); // before the others go: what there is no memory for must not be lost
            last.clear();
            if (together.segment.size() > 0) {
                add(together);
            }
        }
    }

    /** What still counts of some segments, as one. */
    private Growing together(List<Growing> some) {
        int count = some.stream().mapToInt(Growing::alive).sum();
        int[] items = new int[count];
        ItemOrigin[] origins = new ItemOrigin[count];
        float[] vectors = new float[count * dimensions];
        int to = 0;
        for (Growing from : some) {
            for (int row = from.dead.nextClearBit(0);
                    row < from.segment.size();
                    row = from.dead.nextClearBit(row + 1)) {
                items[to] = from.segment.item(row);
                origins[to] = from.segment.origin(row);
                from.segment.copyVector(row, vectors, to++ * dimensions);
            }
        }
        return new Growing(new LiveSegment(items, origins, FloatMatrix.of(vectors, count, dimensions)));
    }
}
