package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.BlockType;
import dev.funnel.bundle.schema.FeatureSchema;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The network's inputs: one matrix a block, off the heap, reused from request to request. Not thread-safe.
 *
 * <p>A block's values are row-major in native order, aligned to 64 bytes: float32, or int64 where the schema says so ({@link #dtype}). A
 * block that all candidates share has one row if it was made so, else a copy for every candidate; a block that was left out has no rows.
 */
public final class FeatureBlocks {
    private static final long ALIGNMENT_BYTES = 64;

    private final int capacity;
    private final int[] widths;
    private final BlockType[] dtypes;
    private final boolean[] oneRow;
    private final List<MemorySegment> values = new ArrayList<>();
    private final Room room = new Room();
    private @Nullable Tile tile;

    /**
     * Blocks for at most {@code capacity} candidates.
     *
     * @param oneRow per block of the schema: true if it has one row whatever the number of candidates
     * @param memory where they lie, and what they are freed with
     */
    public FeatureBlocks(FeatureSchema schema, int capacity, boolean[] oneRow, Arena memory) {
        this(schema, capacity, oneRow, block -> true, memory);
    }

    /** The same for the blocks {@code chosen} of the schema, the others having no rows; freed when nobody holds them. */
    public FeatureBlocks(FeatureSchema schema, int capacity, boolean[] oneRow, Predicate<Block> chosen) {
        this(schema, capacity, oneRow, chosen, Arena.ofAuto());
    }

    private FeatureBlocks(FeatureSchema schema, int capacity, boolean[] oneRow, Predicate<Block> chosen, Arena memory) {
        this.capacity = capacity;
        this.oneRow = oneRow.clone();
        this.widths = schema.blocks().stream().mapToInt(schema::width).toArray();
        this.dtypes = schema.blocks().stream().map(Block::dtype).toArray(BlockType[]::new);
        for (int i = 0; i < widths.length; i++) {
            long rows = !chosen.test(schema.blocks().get(i)) ? 0 : oneRow[i] ? 1 : capacity;
            values.add(memory.allocate(rows * rowBytes(i), ALIGNMENT_BYTES));
        }
    }

    /** Blocks with a row for every candidate in every block; freed when nobody holds them. */
    public static FeatureBlocks rowPerCandidate(FeatureSchema schema, int capacity) {
        return new FeatureBlocks(schema, capacity, new boolean[schema.blocks().size()], Arena.ofAuto());
    }

    /** Blocks with one row where the block's source is the same for all candidates; freed when nobody holds them. */
    public static FeatureBlocks rowPerRequest(FeatureSchema schema, int capacity) {
        List<Block> blocks = schema.blocks();
        boolean[] oneRow = new boolean[blocks.size()];
        for (int i = 0; i < oneRow.length; i++) {
            oneRow[i] = blocks.get(i).source().oncePerRequest();
        }
        return new FeatureBlocks(schema, capacity, oneRow, Arena.ofAuto());
    }

    /** The most candidates that fit. */
    public int capacity() {
        return capacity;
    }

    /** How many blocks there are. */
    public int size() {
        return widths.length;
    }

    /** Columns of a block. */
    public int width(int block) {
        return widths[block];
    }

    /** What the values of a block are. */
    public BlockType dtype(int block) {
        return dtypes[block];
    }

    /** True if the block has one row whatever the number of candidates. */
    public boolean oneRow(int block) {
        return oneRow[block];
    }

    /** The block's values, row-major, native order. */
    public MemorySegment values(int block) {
        return values.get(block);
    }

    /** The first {@code rows} rows of a block as a direct buffer; one row if it has only that. */
    public ByteBuffer buffer(int block, int rows) {
        long bytes = (oneRow[block] ? 1 : rows) * rowBytes(block);
        return values.get(block).asSlice(0, bytes).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** Fills rows {@code from} to {@code to} with zeros, where a row stands for a candidate. */
    public void clear(int from, int to) {
        for (int i = 0; i < widths.length; i++) {
            long row = rowBytes(i);
            if (!oneRow[i] && values.get(i).byteSize() > 0) {
                values.get(i).asSlice(from * row, (to - from) * row).fill((byte) 0);
            }
        }
    }

    /** Room to read the next slice into; what was read before is lost. */
    Room room() {
        return room.begin();
    }

    /** Room to write a few rows of a block of float32; there is one at a time. */
    Tile tile(int block) {
        Tile known = tile;
        if (known == null) {
            known = new Tile(Arrays.stream(widths).max().orElse(0));
            tile = known;
        }
        return known.begin(widths[block]);
    }

    BlockRows rows(int block, int first) {
        return new BlockRows(values.get(block), widths[block], dtypes[block].bytes(), oneRow[block] ? 0 : first);
    }

    private long rowBytes(int block) {
        return (long) widths[block] * dtypes[block].bytes();
    }
}
