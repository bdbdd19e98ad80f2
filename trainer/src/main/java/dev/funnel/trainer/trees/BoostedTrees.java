package dev.funnel.trainer.trees;

import dev.funnel.trainer.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Gradient-boosted regression trees (Friedman 2001), by XGBoost (Chen and Guestrin 2016). */
public final class BoostedTrees implements AutoCloseable {
    /** Trees between two looks at the validation part. */
    private static final int LOOK_EVERY = 5;

    private final TreeSettings settings;
    private final Booster booster;
    private final int columns;
    private final int rounds;

    private BoostedTrees(TreeSettings settings, Booster booster, int columns, int rounds) {
        this.settings = settings;
        this.booster = booster;
        this.columns = columns;
        this.rounds = rounds;
    }

    /** Boosts trees until the validation part no longer gains; as many as were best there are kept. */
    public static BoostedTrees fit(FeatureRows training, FeatureRows validation, TreeSettings settings) {
        try {
            DMatrix rows = matrix(training);
            DMatrix validated = matrix(validation);
            try {
                Booster booster = XGBoost.train(rows, parameters(settings), 1, Map.of(), null, null);
                int best = boost(booster, rows, validated, validation.labels(), settings);
                return new BoostedTrees(settings, booster, training.columns(), best);
            } finally {
                rows.dispose();
                validated.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        }
    }

    /** Adds trees to the first; returns with how many the validation part cost least. */
    private static int boost(Booster booster, DMatrix rows, DMatrix validated, float[] labels, TreeSettings settings)
            throws XGBoostError {
        int best = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int trees = 1; trees <= settings.rounds() && trees - best <= settings.patience(); trees++) {
            if (trees > 1) {
                booster.update(rows, trees - 1);
            }
            if (trees % LOOK_EVERY == 0) {
                double cost = cost(booster.predict(validated, false, trees), labels, settings.objective());
                best = cost < least ? trees : best;
                least = Math.min(cost, least);
            }
        }
        return best;
    }

    private static double cost(float[][] predicted, float[] labels, TreeSettings.Objective objective) {
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            sum += objective.cost(predicted[row][0], labels[row]);
        }
        return sum / labels.length;
    }

    private static DMatrix matrix(FeatureRows rows) throws XGBoostError {
        DMatrix matrix = new DMatrix(rows.values(), rows.labels().length, rows.columns(), Float.NaN);
        matrix.setLabel(rows.labels());
        return matrix;
    }

    private static Map<String, Object> parameters(TreeSettings settings) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", settings.objective().objective);
        parameters.put("base_score", settings.objective().base);
        parameters.put("tree_method", "hist");
        parameters.put("max_depth", settings.depth());
        parameters.put("eta", settings.rate());
        parameters.put("min_child_weight", settings.leastWeight());
        parameters.put("subsample", settings.sampled());
        parameters.put("colsample_bytree", settings.sampled());
        parameters.put("seed", settings.seed());
        parameters.put("nthread", settings.threads());
        parameters.put("verbosity", 0);
        return parameters;
    }

    /** How many trees there are. */
    public int size() {
        return rounds;
    }

    /** What XGBoost itself predicts. */
    public float[] predict(FeatureRows rows) {
        try {
            DMatrix matrix = matrix(rows);
            try {
                float[][] predicted = booster.predict(matrix, false, rounds);
                float[] flat = new float[predicted.length];
                for (int row = 0; row < flat.length; row++) {
                    flat[row] = predicted[row][0];
                }
                return flat;
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        }
    }

    /**
     * The trees as an ONNX model.
     *
     * @param input name of the input [N, columns]
     * @param output name of the output [N, 1]
     */
    public byte[] model(String input, String output) {
        TreeNodes nodes = new TreeNodes();
        try {
            List<String> trees = new ArrayList<>(List.of(booster.getModelDump((String) null, false, "json")));
            for (String tree : trees.subList(0, rounds)) {
                nodes.add(tree);
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        }
        OnnxModel model = new OnnxModel("trees");
        model.input(input, false, columns);
        boolean chance = settings.objective() == TreeSettings.Objective.CHANCE;
        nodes.write(model, input, chance ? "sum" : output);
        model.output(chance ? model.node("Sigmoid", output, "sum") : output, false, 1);
        return model.bytes();
    }

    @Override
    public void close() {
        booster.dispose();
    }
}
