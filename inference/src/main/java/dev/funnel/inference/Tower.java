package dev.funnel.inference;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.InvalidSchemaException;
import dev.funnel.inference.engine.BlockPool;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.OnnxRuntimeEngine;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.inference.feature.StoredFeatures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network that makes vectors: of people, from what a request says of them, or of items, from what the item table says. Its
 * features are those of the trainer, by the same transform. Thread-safe.
 */
public final class Tower implements AutoCloseable {
    /** The profile value that is 1 for a person of whom a profile is known, and absent for a stranger. */
    public static final String KNOWN = "logged_in";

    /** How many items are embedded at a time. */
    private static final int SLICE = 256;

    private final FeatureTransform transform;
    private final Engine engine;
    private final int dimensions;
    private final BlockPool blocks;

    /**
     * The files of a tower in a bundle.
     *
     * @param network ONNX; its one output is a vector a row
     * @param schema what each of its inputs is made of
     * @param features scales, vocabularies and embedding tables
     */
    public record Files(String network, String schema, String features) {
        /** Those whose paths begin alike. */
        public static Files at(String begin) {
            return new Files(begin + ".onnx", begin + ".json", begin + ".safetensors");
        }
    }

    /** A tower that owns the engine; its schema has one head. */
    public Tower(FeatureTransform transform, Engine engine) {
        this(transform, engine, new BlockPool(() -> engine.blocks(SLICE)));
    }

    private Tower(FeatureTransform transform, Engine engine, BlockPool blocks) {
        this.transform = transform;
        this.engine = engine;
        this.dimensions = requireOneHead(transform.schema());
        this.blocks = blocks;
    }

    private static int requireOneHead(FeatureSchema schema) {
        if (schema.heads().size() != 1) {
            throw new InvalidSchemaException("number of heads", schema.heads().size(), "must be 1 in a tower");
        }
        return schema.heads().getFirst().width();
    }

    /**
     * Loads a tower.
     *
     * @param items whose rows it reads; may have more rows than the bundle: those have no row in tables by item
     * @throws BundleRefusedException naming the file and what does not fit
     */
    public static Tower load(Bundle bundle, Files files, ItemTable items) throws BundleRefusedException {
        try {
            FeatureSchema schema = FeatureSchema.parse(bundle.bytes(files.schema()));
            FeatureTransform transform =
                    new FeatureTransform(schema, StoredFeatures.load(schema, items, bundle::tensors, files.features()));
            return new Tower(transform, OnnxRuntimeEngine.load(bundle.bytes(files.network()), schema));
        } catch (IllegalArgumentException e) {
            throw new BundleRefusedException(files.schema(), String.valueOf(e.getMessage()), e);
        } catch (EngineRefusedException e) {
            throw new BundleRefusedException(files.network(), String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The same tower over another table with the same stored rows, e.g. one with live rows. Items that are not stored have no row
     * in tables by item: of them it reads what their columns say. To be used while this one is open, and not closed.
     */
    public Tower over(ItemTable items) {
        return new Tower(transform.over(items), engine, blocks);
    }

    /** A profile as towers read it: with {@link #KNOWN}, if there is any. */
    public static Map<String, FeatureValue> profile(Map<String, FeatureValue> values) {
        if (values.isEmpty()) {
            return values;
        }
        Map<String, FeatureValue> profile = new HashMap<>(values);
        profile.put(KNOWN, new FeatureValue.Number(1));
        return profile;
    }

    /** Length of its vectors. */
    public int dimensions() {
        return dimensions;
    }

    /** The vector of a person, from {@link RankingInput#ofPerson}. */
    public float[] person(RankingInput input) {
        float[] vector = new float[dimensions];
        Request request = transform.open(input);
        blocks.lend(into -> {
            transform.write(request, transform.readRequest(request), 0, 0, into, 0);
            engine.run(into, 1, new float[][] {vector}, 0);
        });
        return vector;
    }

    /** The vectors of items, one after the other. */
    public float[] items(int[] items) {
        float[] vectors = new float[items.length * dimensions];
        Request request = transform.open(
                new RankingInput(0, Map.of(), Map.of(), History.EMPTY, null, items, List.of(), new int[0]));
        blocks.lend(into -> {
            for (int from = 0; from < items.length; from += SLICE) {
                int to = Math.min(items.length, from + SLICE);
                transform.write(request, transform.readRequest(request), from, to, into, 0);
                engine.run(into, to - from, new float[][] {vectors}, from);
            }
        });
        return vectors;
    }

    @Override
    public void close() {
        engine.close();
    }
}
