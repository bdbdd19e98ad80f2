package dev.funnel.trainer.trees;

import dev.funnel.trainer.Progress;
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
    private static final String WORK = "boosting trees";

    /** Trees between two looks at the validation part, after that at the first tree. */
    private static final int LOOK_EVERY = 5;

    private final TreeSettings settings;
    private final Booster booster;
    private final int columns;
    private final int rounds;
    private final double cost;

    /** With how many trees the validation part cost least, and how much. */
    private record Best(int rounds, double cost) {}

    private BoostedTrees(TreeSettings settings, Booster booster, int columns, Best best) {
        this.settings = settings;
        this.booster = booster;
        this.columns = columns;
        this.rounds = best.rounds();
        this.cost = best.cost();
    }

    /** Boosts trees until the validation part no longer gains; as many as were best there are kept. */
    public static BoostedTrees fit(
            FeatureRows training, FeatureRows validation, TreeSettings settings, Progress progress) {
        try {
            DMatrix rows = matrix(training);
            try {
                DMatrix validated = matrix(validation);
                try {
                    return fit(rows, validated, training.columns(), validation, settings, progress);
                } finally {
                    validated.dispose();
                }
            } finally {
                rows.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        }
    }

    private static BoostedTrees fit(
            DMatrix rows,
            DMatrix validated,
            int columns,
            FeatureRows validation,
            TreeSettings settings,
            Progress progress)
            throws XGBoostError {
        Booster booster = XGBoost.train(rows, parameters(settings), 1, Map.of(), null, null);
        try {
            Best best = boost(booster, rows, validated, validation, settings, progress);
            return new BoostedTrees(settings, booster, columns, best);
        } catch (XGBoostError | RuntimeException e) {
            booster.dispose();
            throw e;
        }
    }

    /** Adds trees to the first until looks have told nothing new for as long as patience lasts; without weight there, all. */
    private static Best boost(
            Booster booster,
            DMatrix rows,
            DMatrix validated,
            FeatureRows validation,
            TreeSettings settings,
            Progress progress)
            throws XGBoostError {
        double weight = weight(validation);
        Best best = new Best(0, Double.POSITIVE_INFINITY);
        for (int trees = 1; trees <= settings.rounds(); trees++) {
            progress.advance(WORK, (double) trees / settings.rounds());
            if (trees > 1) {
                booster.update(rows, trees - 1);
            }
            if (weight > 0 && (trees == 1 || trees % LOOK_EVERY == 0 || trees == settings.rounds())) {
                double cost = cost(booster.predict(validated, true, trees), validation, settings.objective()) / weight;
                if (!Double.isFinite(cost)) {
                    throw new IllegalStateException("the validation part costs " + cost + " with " + trees + " trees");
                }
                best = cost < best.cost() ? new Best(trees, cost) : best;
                if (trees - best.rounds() >= settings.patience()) {
                    break;
                }
            }
        }
        return weight > 0 ? best : new Best(settings.rounds(), 0);
    }

    private static double weight(FeatureRows rows) {
        double weight = 0;
        for (float one : rows.weights()) {
            weight += one;
        }
        return weight;
    }

    private static double cost(float[][] margins, FeatureRows rows, TreeSettings.Objective objective) {
        double sum = 0;
        for (int row = 0; row < margins.length; row++) {
            sum += rows.weights()[row] * objective.cost(margins[row][0], rows.labels()[row]);
        }
        return sum;
    }

    private static DMatrix matrix(FeatureRows rows) throws XGBoostError {
        DMatrix matrix = new DMatrix(rows.values(), rows.labels().length, rows.columns(), Float.NaN);
        try {
            matrix.setLabel(rows.labels());
            matrix.setWeight(rows.weights());
            return matrix;
        } catch (XGBoostError e) {
            matrix.dispose();
            throw e;
        }
    }

    private static Map<String, Object> parameters(TreeSettings settings) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", settings.objective().objective);
        parameters.put("base_score", settings.base());
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

    /** What the validation part cost: the mean over its rows, by their weights; 0 if none has any. */
    public double validationCost() {
        return cost;
    }

    /** What XGBoost itself predicts. */
    public float[] predict(FeatureRows rows) {
        return predict(rows, false);
    }

    /** The same as the sum of the trees: a chance's logit. */
    public float[] margins(FeatureRows rows) {
        return predict(rows, true);
    }

    private float[] predict(FeatureRows rows, boolean margin) {
        try {
            DMatrix matrix = matrix(rows);
            try {
                float[][] predicted = booster.predict(matrix, margin, rounds);
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
        OnnxModel model = new OnnxModel("trees");
        model.input(input, false, columns);
        boolean chance = settings.objective() == TreeSettings.Objective.CHANCE;
        writeMargins(model, input, chance ? "sum" : output);
        model.output(chance ? model.node("Sigmoid", output, "sum") : output, false, 1);
        return model.bytes();
    }

    /** Adds one node that makes the {@link #margins} [N, 1] of an input [N, columns]; returns its output. */
    public String writeMargins(OnnxModel model, String input, String output) {
        TreeNodes nodes = new TreeNodes((float) settings.objective().margin(settings.base()));
        try {
            List<String> trees = new ArrayList<>(List.of(booster.getModelDump((String) null, false, "json")));
            for (String tree : trees.subList(0, rounds)) {
                nodes.add(tree);
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
        }
        return nodes.write(model, input, output);
    }

    @Override
    public void close() {
        booster.dispose();
    }
}
