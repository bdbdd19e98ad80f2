package dev.funnel.inference;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.InvalidSchemaException;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.OnnxRuntimeEngine;
import dev.funnel.inference.feature.CandidateReadings;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.inference.feature.RequestReadings;
import dev.funnel.inference.feature.StoredFeatures;
import dev.funnel.inference.objective.Objectives;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A bundle's ranker: gives every candidate the value of every head. It never drops, adds or reorders. Thread-safe; slices of
 * one pool may be scored side by side, and a candidate's values are the same, bit for bit, however the pool is cut.
 */
public final class Ranker implements AutoCloseable {
    /** How many candidates are scored at a time; larger slices are worked off in steps of this. */
    public static final int SLICE = 256;

    private final FeatureSchema schema;
    private final FeatureTransform transform;
    private final Engine engine;
    private final Objectives objectives;
    private final BlockPool blocks;

    /** A ranker that owns the engine; {@code defaultObjective} is one of the heads. */
    public Ranker(FeatureTransform transform, Engine engine, String defaultObjective) {
        this(transform, engine, objectives(transform.schema(), Map.of(), defaultObjective));
    }

    /** A ranker that owns the engine; the objectives are over the schema's heads. */
    public Ranker(FeatureTransform transform, Engine engine, Objectives objectives) {
        this(transform, engine, objectives, new BlockPool(() -> engine.blocks(SLICE)));
    }

    private Ranker(FeatureTransform transform, Engine engine, Objectives objectives, BlockPool blocks) {
        this.schema = transform.schema();
        this.transform = transform;
        this.engine = engine;
        this.objectives = objectives;
        this.blocks = blocks;
    }

    /** This ranker reading its features from the items as they are now; both share the engine, and one of them closes it. */
    public Ranker over(ItemTable items) {
        return new Ranker(transform.over(items), engine, objectives, blocks);
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

    /** Loads the ranker that the bundle's manifest names. */
    public static Ranker load(Bundle bundle, RankerEntry entry) throws BundleRefusedException {
        FeatureSchema schema = schema(bundle, entry);
        try {
            Objectives objectives = objectives(schema, entry.objectives(), entry.defaultObjective());
            FeatureTransform transform = new FeatureTransform(
                    schema, StoredFeatures.load(schema, bundle.items(), bundle::tensors, entry.features()));
            return new Ranker(transform, OnnxRuntimeEngine.load(bundle.bytes(entry.network()), schema), objectives);
        } catch (IllegalArgumentException e) {
            throw new BundleRefusedException(entry.schema(), String.valueOf(e.getMessage()), e);
        } catch (EngineRefusedException e) {
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
        return engine.name();
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
        private final Request request;
        private final RequestReadings readings;
        private final float[][] heads;

        private Scoring(RankingInput input) {
            this.request = transform.open(input);
            this.readings = transform.readRequest(request);
            this.heads = new float[schema.heads().size()][input.candidates().length];
        }

        /** Scores candidates {@code from} to {@code to}. Slices that do not overlap may be scored by several threads. */
        public void score(int from, int to) {
            FeatureBlocks into = blocks.borrow();
            for (int at = from; at < to; at += SLICE) {
                int end = Math.min(to, at + SLICE);
                transform.write(readings, transform.readCandidates(request, at, end), into, 0);
                engine.run(into, end - at, heads, at);
            }
            blocks.giveBack(into);
        }

        /** Values of every head, by index of the head and position of the candidate; complete once all slices are scored. */
        public float[][] heads() {
            return heads;
        }

        /** How many candidates the bundle does not hold. */
        public int unknownItems() {
            return (int) Arrays.stream(request.input().candidates())
                    .filter(item -> item < 0)
                    .count();
        }

        /** Share of the candidates for which a feature was missing or out of vocabulary, by feature; only those above 0. */
        public Map<String, Float> missing() {
            Map<String, Float> shares = new TreeMap<>();
            int candidates = request.input().candidates().length;
            if (candidates > 0) {
                CandidateReadings all = transform.readCandidates(request, 0, candidates);
                transform
                        .missing(readings, all)
                        .forEach((feature, count) -> shares.put(feature, (float) count / candidates));
            }
            return shares;
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
        engine.close();
    }
}
