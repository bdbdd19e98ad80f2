package dev.funnel.inference.engine.nd4j;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.BlockType;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.NonFiniteOutputException;
import dev.funnel.inference.engine.OnnxSignature;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.onnx.OnnxFile;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ND4J on the processor: the graph as a list of operations over preallocated arrays, matrix products by its BLAS, one thread a
 * call, always on the same few threads.
 *
 * <p>Candidates are worked off in tiles of {@value #LARGEST_TILE} rows, the rest in the smallest that holds it; missing rows are
 * zeros. BLAS gives a row other last bits in another place: a candidate's values are the same to 1e-5 however it is batched, and bit
 * for bit only in the same place of the same batch.
 */
public final class Nd4jEngine implements Engine {
    private static final int LARGEST_TILE = 256;
    private static final int[] TILE_ROWS = {16, 64, LARGEST_TILE};

    private final FeatureSchema schema;
    private final boolean[] oneRow;
    private final Arena memory = Arena.ofShared();
    private final Program program;
    private final @Nullable Tile[][] tiles = new @Nullable Tile[Nd4jThreads.COUNT][TILE_ROWS.length];
    private volatile boolean closed;

    private Nd4jEngine(FeatureSchema schema, boolean[] oneRow, Program program) {
        this.schema = schema;
        this.oneRow = oneRow;
        this.program = program;
    }

    /** Starts ND4J if it has not been started, and compiles a model; refuses what it does not run, naming the operator. */
    public static Nd4jEngine load(OnnxFile model, FeatureSchema schema) throws EngineRefusedException {
        boolean[] oneRow = new OnnxSignature(schema, model.inputs(), model.outputs()).checkInputs();
        List<GraphCompiler.Input> inputs = new ArrayList<>();
        for (int i = 0; i < oneRow.length; i++) {
            Block block = schema.blocks().get(i);
            if (block.dtype() != BlockType.FLOAT32) {
                throw new EngineRefusedException(
                        "ND4J takes float32 only; block \"" + block.name() + "\" is " + block.dtype());
            }
            inputs.add(new GraphCompiler.Input(block.name(), schema.width(block), oneRow[i]));
        }
        Nd4jLibrary.start();
        List<String> wanted = schema.heads().stream().map(Head::output).toList();
        GraphCompiler.Compiled compiled = GraphCompiler.compile(model, inputs, wanted);
        try {
            new OnnxSignature(schema, model.inputs(), compiled.outputs()).check();
        } catch (EngineRefusedException e) {
            compiled.program().close();
            throw e;
        }
        return new Nd4jEngine(schema, oneRow, compiled.program());
    }

    @Override
    public String name() {
        return "ND4J " + Nd4jLibrary.version();
    }

    @Override
    public FeatureBlocks blocks(int capacity) {
        return new FeatureBlocks(schema, capacity, oneRow, memory);
    }

    @Override
    public void run(FeatureBlocks blocks, int rows, float[][] heads, int at) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        if (rows > 0) {
            Nd4jThreads.run(thread -> {
                for (int from = 0; from < rows; from += LARGEST_TILE) {
                    runTile(thread, blocks, from, Math.min(rows - from, LARGEST_TILE), heads, at + from);
                }
            });
        }
        for (int h = 0; h < heads.length; h++) {
            Head head = schema.heads().get(h);
            NonFiniteOutputException.requireFinite(head.output(), heads[h], at, rows, head.width());
        }
    }

    private void runTile(int thread, FeatureBlocks blocks, int from, int rows, float[][] heads, int at) {
        Tile tile = tile(thread, rows);
        for (int i = 0; i < blocks.size(); i++) {
            fill(tile, program.inputs().get(i), blocks.buffer(i, from + rows).asFloatBuffer(), from, rows);
        }
        tile.run();
        for (int h = 0; h < heads.length; h++) {
            Slot slot = program.outputs().get(h);
            tile.buffer(slot).get(0, heads[h], at * slot.width(), rows * slot.width());
        }
    }

    private static void fill(Tile tile, Slot slot, FloatBuffer values, int from, int rows) {
        FloatBuffer into = tile.buffer(slot);
        int length = slot.perRow() ? rows * slot.width() : slot.width();
        into.put(0, values, from * slot.stride(), length);
        for (int i = length; i < into.capacity(); i++) {
            into.put(i, 0);
        }
    }

    /** The thread's own memory for that many rows. */
    private Tile tile(int thread, int rows) {
        int size = 0;
        while (TILE_ROWS[size] < rows) {
            size++;
        }
        Tile known = tiles[thread][size];
        Tile tile = known == null ? new Tile(program, TILE_ROWS[size]) : known;
        tiles[thread][size] = tile;
        return tile;
    }

    @Override
    public void close() {
        closed = true;
        for (@Nullable Tile[] ofThread : tiles) {
            for (@Nullable Tile tile : ofThread) {
                if (tile != null) {
                    tile.close();
                }
            }
        }
        program.close();
        memory.close();
    }
}
