package dev.funnel.trainer.rank;

import dev.funnel.bundle.HeadReliability;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.OnnxRuntimeEngine;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureTransform;
import java.util.ArrayList;
import java.util.List;

/** Measures a model as it will be served, but at the positions at which the examples were shown. */
final class RankerValidation {
    private final FeatureTransform transform;
    private final List<HeadKind> heads;
    private final MetricsCount count = new MetricsCount();

    RankerValidation(FeatureTransform transform, List<HeadKind> heads) {
        this.transform = transform;
        this.heads = heads;
    }

    RankerMetrics measure(FittedModel fitted, List<ReadPage> pages) {
        int examples = pages.stream().mapToInt(ReadPage::size).sum();
        float[][] predicted = new float[heads.size()][examples];
        float[][] observed = new float[heads.size()][examples];
        try (Engine engine = OnnxRuntimeEngine.load(fitted.model(), transform.schema())) {
            FeatureBlocks blocks = engine.blocks(ImpressionPages.LONGEST);
            int at = 0;
            for (ReadPage page : pages) {
                transform.write(page.request(), page.candidates(), blocks, 0);
                engine.run(blocks, page.size(), predicted, at);
                add(page.page(), at, predicted[0], observed);
                at += page.size();
            }
        } catch (EngineRefusedException e) {
            throw new IllegalStateException("a network just written cannot be loaded", e);
        }
        return new RankerMetrics(
                examples, fitted.loss(), count.perUserLoss(), count.auc(), reliability(predicted, observed));
    }

    private void add(Page page, int at, float[] value, float[][] observed) {
        float[] own = new float[page.size()];
        System.arraycopy(value, at, own, 0, own.length);
        count.add(own, page.weights(), page.positive());
        for (int h = 0; h < heads.size(); h++) {
            for (int i = 0; i < page.size(); i++) {
                observed[h][at + i] = heads.get(h).observed(page, i);
            }
        }
    }

    private List<HeadReliability> reliability(float[][] predicted, float[][] observed) {
        List<HeadReliability> reliability = new ArrayList<>();
        for (int h = 0; h < heads.size(); h++) {
            reliability.add(ReliabilityParts.of(heads.get(h).label(), predicted[h], observed[h]));
        }
        return reliability;
    }
}
