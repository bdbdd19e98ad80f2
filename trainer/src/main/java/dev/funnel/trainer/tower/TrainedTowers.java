package dev.funnel.trainer.tower;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.inference.feature.RankingInput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Retrieval networks that have been trained. Safe for several threads. */
public final class TrainedTowers {
    private final TowerSettings settings;
    private final double[] costs;
    private final LearntTower query;
    private final @Nullable LearntTower item;
    private final FloatMatrix items;

    TrainedTowers(
            TowerSettings settings, double[] costs, LearntTower query, @Nullable LearntTower item, FloatMatrix items) {
        this.settings = settings;
        this.costs = costs;
        this.query = query;
        this.item = item;
        this.items = items;
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

    /** What makes vectors of people, for one thread; a vector is to be read before the next is asked for. */
    public Function<RankingInput, float[]> people() {
        LearntTower.People people = query.people();
        return people::vector;
    }

    /**
     * Writes the towers into a draft, but not the items' vectors.
     *
     * @return the files by role: {@code query_network}, {@code query_schema}, {@code query_features}, and the same of
     *     {@code item_} if there is a tower of items
     */
    public Map<String, String> writeTo(BundleStore.Draft draft) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        write("query", query, draft, files);
        if (item != null) {
            write("item", item, draft, files);
        }
        return files;
    }

    private static void write(String side, LearntTower tower, BundleStore.Draft draft, Map<String, String> files)
            throws IOException {
        tower.writeTo(draft);
        files.put(side + "_network", tower.files().network());
        files.put(side + "_schema", tower.files().schema());
        files.put(side + "_features", tower.files().features());
    }

    LearntTower query() {
        return query;
    }

    @Nullable
    LearntTower item() {
        return item;
    }
}
