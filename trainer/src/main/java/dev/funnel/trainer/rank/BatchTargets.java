package dev.funnel.trainer.rank;

import dev.funnel.trainer.learn.graph.Loss;
import dev.funnel.trainer.learn.graph.Node;
import dev.funnel.trainer.rank.RankerSettings.Weighting;
import java.util.ArrayList;
import java.util.List;

/** How much each example of a batch counts for each head, as a positive and as a negative. */
final class BatchTargets {
    private final List<HeadScale> heads;
    private final Weighting weighting;
    private final float[][] positives;
    private final float[][] negatives;

    BatchTargets(List<HeadScale> heads, Weighting weighting, int capacity) {
        this.heads = List.copyOf(heads);
        this.weighting = weighting;
        this.positives = new float[heads.size()][capacity];
        this.negatives = new float[heads.size()][capacity];
    }

    /** Fills in a page's examples from row {@code at} on. */
    void fill(Page page, int at) {
        for (int h = 0; h < heads.size(); h++) {
            HeadScale scale = heads.get(h);
            for (int i = 0; i < page.size(); i++) {
                positives[h][at + i] = scale.head().observed(page, i) / scale.cost();
                negatives[h][at + i] = scale.head().negative(page, i, weighting) / scale.cost();
            }
        }
    }

    /** What the examples cost. */
    List<Loss> losses(List<Node> logits) {
        List<Loss> losses = new ArrayList<>();
        for (int h = 0; h < heads.size(); h++) {
            losses.add(new Loss.Logistic(logits.get(h), positives[h], negatives[h]));
        }
        return losses;
    }
}
