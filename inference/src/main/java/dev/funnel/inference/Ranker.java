package dev.funnel.inference;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.InvalidSchemaException;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineLoader;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.NonFiniteOutputException;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.inference.feature.StoredFeatures;
import dev.funnel.inference.objective.Objectives;
import dev.funnel.inference.onnx.DamagedModelException;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.inference.projection.SharePlan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A bundle's ranker: gives every candidate the value of every head. It never drops, adds or reorders. Thread-safe; slices of
 * one pool may be scored side by side, and how it is cut does not show in a candidate's values: to 1e-5 on every engine, bit for bit
 * on ONNX Runtime.
 */
public final class Ranker implements AutoCloseable {
    /** How many candidates are scored at a time; larger slices are worked off in steps of this. */
    public static final int SLICE = 256;

    private final FeatureSchema schema;
    private final FeatureTransform transform;
    private final Forward forward;
    private final Objectives objectives;
    private final String reason;

    /** A ranker that owns the engine; {@code defaultObjective} is one of the heads. */
    public Ranker(FeatureTransform transform, Engine engine, String defaultObjective) {
        this(transform, engine, objectives(transform.schema(), Map.of(), defaultObjective));
    }

    /** A ranker that owns the engine; the objectives are over the schema's heads. */
    public Ranker(FeatureTransform transform, Engine engine, Objectives objectives) {
        this(transform, new WholeForward(transform, engine), objectives, "given");
    }

    private Ranker(FeatureTransform transform, Forward forward, Objectives objectives, String reason) {
        this.schema = transform.schema();
        this.transform = transform;
        this.forward = forward;
        this.objectives = objectives;
        this.reason = reason;
    }

    /** This ranker reading its features from the items as they are now; both share what is loaded, and one of them closes it. */
    public Ranker over(ItemTable items) {
        return new Ranker(transform.over(items), forward.over(items), objectives, reason);
    }

    /** Objectives over a schema's heads, each of which must be a score. */
    private static Objectives objectives(FeatureSchema schema, Map<String, String> formulas, String defaultName) {
        for (Head head : schema.heads()) {
            if (head.width() != 1) {
                throw new InvalidSchemaException(
                        "head \"" + head.name() + "\" width", head.width(), "must be 1 in a ranker");
            }
        }
        return new Objectives(schema.heads().stream().map(Head::name).toList(), formulas, defaultName);
    }

    /** Loads the ranker that the bundle's manifest names, to run its network as it is stored, on ONNX Runtime. */
    public static Ranker load(Bundle bundle, RankerEntry entry) throws BundleRefusedException {
        return load(bundle, entry, RankerSettings.AS_STORED);
    }

    /** Loads the ranker that the bundle's manifest names. */
    public static Ranker load(Bundle bundle, RankerEntry entry, RankerSettings settings) throws BundleRefusedException {
        return made(bundle, entry, (network, transform, store, objectives) -> {
            ForwardLoading loading = ForwardLoading.load(OnnxFile.parse(network), transform, store, settings);
            return new Ranker(
                    transform, loading.forward(), objectives, loading.choice().reason());
        });
    }

    /** The same, its network run as it is stored by an engine of the caller's making. */
    public static Ranker load(Bundle bundle, RankerEntry entry, EngineLoader loader) throws BundleRefusedException {
        return made(
                bundle,
                entry,
                (network, transform, store, objectives) -> new Ranker(
                        transform,
                        new WholeForward(transform, loader.load(network, transform.schema())),
                        objectives,
                        "configured"));
    }

    /** Puts a ranker together from what its bundle holds. */
    @FunctionalInterface
    private interface Making {
        Ranker of(byte[] network, FeatureTransform transform, FeatureStore store, Objectives objectives)
                throws EngineRefusedException, DamagedModelException;
    }

    private static Ranker made(Bundle bundle, RankerEntry entry, Making making) throws BundleRefusedException {
        FeatureSchema schema = schema(bundle, entry);
        try {
            Objectives objectives = objectives(schema, entry.objectives(), entry.defaultObjective());
            FeatureStore store = StoredFeatures.load(schema, bundle.items(), bundle::tensors, entry.features());
            return making.of(bundle.bytes(entry.network()), new FeatureTransform(schema, store), store, objectives);
        } catch (IllegalArgumentException e) {
            throw new BundleRefusedException(entry.schema(), String.valueOf(e.getMessage()), e);
        } catch (EngineRefusedException | DamagedModelException | NonFiniteOutputException e) {
            throw new BundleRefusedException(entry.network(), String.valueOf(e.getMessage()), e);
        }
    }

    private static FeatureSchema schema(Bundle bundle, RankerEntry entry) throws BundleRefusedException {
        try {
            return FeatureSchema.parse(bundle.bytes(entry.schema()));
        } catch (InvalidSchemaException e) {
            throw new BundleRefusedException(entry.schema(), String.valueOf(e.getMessage()), e);
        }
    }

    /** What it reads and gives. */
    public FeatureSchema schema() {
        return schema;
    }

    /** What runs the network. */
    public String engine() {
        return forward.engine();
    }

    /** The engine, why it is that one, and how items' shares are kept, for people. */
    public String description() {
        return "%s (%s), item shares %s".formatted(engine(), reason, projection());
    }

    /** Why that engine: what each that was considered took, or said. */
    public String reason() {
        return reason;
    }

    /** How items' shares of the network are kept. */
    public SharePlan projection() {
        return forward.projection();
    }

    /** Index of a head by name, -1 if there is none. */
    public int head(String name) {
        List<Head> heads = schema.heads();
        for (int i = 0; i < heads.size(); i++) {
            if (heads.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** What the score may be. */
    public Objectives objectives() {
        return objectives;
    }

    /** One pool being scored. */
    public final class Scoring {
        private final RankingInput input;
        private final Forward.Slices slices;
        private final float[][] heads;

        private Scoring(RankingInput input) {
            this.input = input;
            this.slices = forward.open(input);
            this.heads = new float[schema.heads().size()][input.candidates().length];
        }

        /** Scores candidates {@code from} to {@code to}. Slices that do not overlap may be scored by several threads. */
        public void score(int from, int to) {
            slices.score(from, to, heads);
        }

        /** Values of every head, by index of the head and position of the candidate; complete once all slices are scored. */
        public float[][] heads() {
            return heads;
        }

        /** How many candidates the bundle does not hold. */
        public int unknownItems() {
            return (int)
                    Arrays.stream(input.candidates()).filter(item -> item < 0).count();
        }

        /** For how many candidates a feature was missing or out of vocabulary, by feature; only those above 0. */
        public Map<String, Integer> missing() {
            int candidates = input.candidates().length;
            if (candidates == 0) {
                return Map.of();
            }
            Request request = transform.open(input);
            return transform.missing(transform.readRequest(request), transform.readCandidates(request, 0, candidates));
        }

        /** What the network is given of the first candidates, at most {@code most}: written once more, by the same transform. */
        public FeatureBlocks features(int most) {
            int rows = Math.min(most, input.candidates().length);
            FeatureBlocks into = FeatureBlocks.rowPerRequest(schema, rows);
            Request request = transform.open(input);
            transform.write(request, transform.readRequest(request), 0, rows, into, 0);
            return into;
        }
    }

    /** Reads what all candidates share and waits to be told which slices to score. */
    public Scoring begin(RankingInput input) {
        return new Scoring(input);
    }

    /** The default objective's value of every candidate, in the order of the candidates. */
    public float[] score(RankingInput input) {
        Scoring scoring = begin(input);
        float[] scores = new float[input.candidates().length];
        scoring.score(0, scores.length);
        objectives.byDefault().score(scoring.heads(), scores);
        return scores;
    }

    @Override
    public void close() {
        forward.close();
    }
}
