package dev.funnel.trainer.tower;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.inference.feature.RankingInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Retrieval networks that have been trained. Safe for several threads. */
public final class TrainedTowers {
    private final TowerSettings settings;
    private final double[] costs;
    private final LearntTower query;
    private final @Nullable LearntTower item;
    private final FloatMatrix items;
    private final ThreadLocal<LearntTower.People> people;

    TrainedTowers(
            TowerSettings settings, double[] costs, LearntTower query, @Nullable LearntTower item, FloatMatrix items) {
        this.settings = settings;
        this.costs = costs;
        this.query = query;
        this.item = item;
        this.items = items;
        this.people = ThreadLocal.withInitial(query::people);
    }

    public TowerSettings settings() {
        return settings;
    }

    /** Mean cost of an example in each epoch, nats. */
    public double[] costs() {
        return costs.clone();
    }

    /** The vectors of all items; the inner product with a person's is the score. */
    public FloatMatrix items() {
        return items;
    }

    /** The vector of a person. */
    public float[] person(RankingInput input) {
        return people.get().vector(input).clone();
    }

    /**
     * Writes the towers into a draft, but not the items' vectors: {@code -query.onnx}, {@code -query.json} and {@code
     * -query.safetensors} after the folder they were trained for, and the same of {@code -item} if there is a tower of items.
     */
    public void writeTo(BundleStore.Draft draft) throws IOException {
        query.writeTo(draft);
        if (item != null) {
            item.writeTo(draft);
        }
    }

    LearntTower query() {
        return query;
    }

    @Nullable
    LearntTower item() {
        return item;
    }
}
