package dev.funnel.inference.projection;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.inference.engine.BlockPool;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureTransform;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Gives items' shares: from where they are kept, or computed now for an item that is unknown, that changed since the bundle, or whose
 * shares are not kept. Computed shares are the same as kept ones of full precision, to 1e-5.
 */
final class ItemShares {
    /** How many items are computed at a time. */
    static final int SLICE = 256;

    private final Engine engine;
    private final FeatureTransform transform;
    private final BitSet changed;
    private final Shares kept;
    private final int[] widths;
    private final BlockPool blocks;

    /**
     * Shares of a bundle's items.
     *
     * @param engine runs the network of the shares
     * @param transform reads its blocks
     * @param items as they are now
     */
    ItemShares(Engine engine, FeatureTransform transform, ItemTable items, Shares kept) {
        this(engine, transform, items.changed(), kept, new BlockPool(() -> engine.blocks(SLICE)));
    }

    private ItemShares(Engine engine, FeatureTransform transform, BitSet changed, Shares kept, BlockPool blocks) {
        this.engine = engine;
        this.transform = transform;
        this.changed = changed;
        this.kept = kept;
        this.widths = widths(transform.schema());
        this.blocks = blocks;
    }

    /** Width of each share of a network of shares. */
    static int[] widths(FeatureSchema shares) {
        return shares.heads().stream().mapToInt(Head::width).toArray();
    }

    /** The same with items as they are now. */
    ItemShares over(ItemTable now) {
        return new ItemShares(engine, transform.over(now), now.changed(), kept, blocks);
    }

    /** The same with what is kept kept elsewhere. */
    ItemShares keeping(Shares elsewhere) {
        return new ItemShares(engine, transform, changed, elsewhere, blocks);
    }

    /** Computes the shares of items {@code 0} to {@code count} of the bundle and has them kept. */
    void fill(int count) {
        int[] slice = new int[SLICE];
        for (int from = 0; from < count; from += SLICE) {
            int length = Math.min(SLICE, count - from);
            for (int i = 0; i < length; i++) {
                slice[i] = from + i;
            }
            float[][] shares = compute(Arrays.copyOf(slice, length));
            for (int i = 0; i < length; i++) {
                kept.keep(from + i, shares, i);
            }
        }
    }

    /**
     * Writes the shares of a slice of candidates.
     *
     * @param first index of the block for the first share; those of the others follow
     */
    void write(int[] candidates, int from, int to, FeatureBlocks into, int first) {
        MemorySegment[] targets = new MemorySegment[widths.length];
        for (int share = 0; share < targets.length; share++) {
            targets[share] = into.values(first + share);
        }
        int[] missed = new int[to - from];
        int count = 0;
        for (int row = 0; row < to - from; row++) {
            int item = candidates[from + row];
            if (item < 0 || changed.get(item) || !kept.read(item, targets, row)) {
                missed[count++] = row;
            }
        }
        if (count > 0) {
            writeComputed(Arrays.copyOf(missed, count), candidates, from, targets);
        }
    }

    private void writeComputed(int[] rows, int[] candidates, int from, MemorySegment[] targets) {
        int[] wanted = Arrays.stream(rows).map(row -> candidates[from + row]).toArray();
        float[][] shares = compute(wanted);
        for (int i = 0; i < rows.length; i++) {
            for (int share = 0; share < widths.length; share++) {
                int width = widths[share];
                long at = (long) rows[i] * width * Float.BYTES;
                MemorySegment.copy(shares[share], i * width, targets[share], ValueLayout.JAVA_FLOAT, at, width);
            }
            if (wanted[i] >= 0 && !changed.get(wanted[i])) {
                kept.keep(wanted[i], shares, i);
            }
        }
    }

    private float[][] compute(int[] wanted) {
        float[][] shares = new float[widths.length][];
        Arrays.setAll(shares, share -> new float[wanted.length * widths[share]]);
        blocks.lend(into -> {
            transform.writeItems(wanted, into, 0);
            engine.run(into, wanted.length, shares, 0);
        });
        return shares;
    }

    void close() {
        kept.close();
        engine.close();
    }
}
