package dev.funnel.trainer.rank;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.learn.EmbeddingTable;
import dev.funnel.trainer.learn.graph.ModelOutput;
import dev.funnel.trainer.onnx.OnnxModel;
import dev.funnel.trainer.trees.BoostedTrees;
import dev.funnel.trainer.trees.TreeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Boosts trees for each head over the columns of all blocks, by the same weighted logistic regression that networks learn by, so that
 * heads mean the same and are put right alike. Rows of tables are those of {@link LabelTables}.
 */
final class TreeTraining {
    private static final String FILE = "ranker/trees.onnx";

    /** The input of all trees: no name of a block or a head has a space. */
    private static final String COLUMNS = "all columns";

    private final FeatureTransform transform;
    private final Map<String, EmbeddingTable> tables;
    private final RankerSettings.TreePlan plan;
    private final RankerSettings settings;
    private final List<HeadKind> heads;

    /** @param heads those of the schema, in its order */
    TreeTraining(
            FeatureTransform transform,
            Map<String, EmbeddingTable> tables,
            RankerSettings.TreePlan plan,
            RankerSettings settings,
            List<HeadKind> heads) {
        this.transform = transform;
        this.tables = tables;
        this.plan = plan;
        this.settings = settings;
        this.heads = List.copyOf(heads);
    }

    /** Trains; puts the tables into the state that goes with the trees. */
    FittedModel train(List<ReadPage> training, List<ReadPage> validation, Progress progress) {
        LabelTables labels = new LabelTables(transform, tables, heads, training);
        TreeRows rows = new TreeRows(transform, labels, training, validation);
        float[] learnt = rows.training();
        float[] validated = rows.validation();
        List<BoostedTrees> trees = new ArrayList<>();
        try {
            double loss = 0;
            for (int h = 0; h < heads.size(); h++) {
                Progress part = progress.part((double) h / heads.size(), (h + 1.0) / heads.size());
                HeadScale scale = HeadScale.of(heads.get(h), settings.weighting(), training);
                double base = scale.chance();
                double dispersion = TreeTargets.dispersion(heads.get(h), settings.weighting(), training, base);
                TreeTargets wanted = targets(h, training, dispersion);
                TreeTargets unseen = targets(h, validation, dispersion);
                BoostedTrees fitted = BoostedTrees.fit(
                        wanted.rows(learnt, rows.columns()),
                        unseen.rows(validated, rows.columns()),
                        settings(base, h),
                        part);
                trees.add(fitted);
                loss += fitted.validationCost() * unseen.mean() / scale.cost();
            }
            List<ModelOutput.Transform> transforms = HeadCalibration.transforms(
                    heads, settings.weighting(), training, validation, pages -> logits(trees, rows, pages));
            return new FittedModel(loss, FILE, model(trees, transforms));
        } finally {
            trees.forEach(BoostedTrees::close);
        }
    }

    private TreeTargets targets(int head, List<ReadPage> pages, double dispersion) {
        return TreeTargets.of(heads.get(head), settings.weighting(), pages, dispersion);
    }

    private TreeSettings settings(double base, int head) {
        return new TreeSettings(
                TreeSettings.Objective.CHANCE,
                base,
                plan.most(),
                plan.patience(),
                plan.depth(),
                plan.rate(),
                plan.leastWeight(),
                plan.sampled(),
                settings.seed() + head,
                settings.threads());
    }

    private float[][] logits(List<BoostedTrees> trees, TreeRows rows, List<ReadPage> pages) {
        float[] values = rows.of(pages);
        float[][] logits = new float[heads.size()][];
        for (int h = 0; h < logits.length; h++) {
            logits[h] = trees.get(h).margins(targets(h, pages, 1).rows(values, rows.columns()));
        }
        return logits;
    }

    private byte[] model(List<BoostedTrees> trees, List<ModelOutput.Transform> transforms) {
        FeatureSchema schema = transform.schema();
        OnnxModel model = new OnnxModel("ranker");
        for (Block block : schema.blocks()) {
            model.input(block.name(), false, schema.width(block));
        }
        List<String> names = schema.blocks().stream().map(Block::name).toList();
        String input = model.concat(COLUMNS, names);
        for (int h = 0; h < heads.size(); h++) {
            String output = schema.heads().get(h).output();
            String margin = trees.get(h).writeMargins(model, input, output + "_trees");
            model.output(transforms.get(h).write(model, margin, output), false, 1);
        }
        return model.bytes();
    }
}
