package dev.funnel.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest says of the index of a generator's item vectors.
 *
 * @param kind {@code exact}, which needs no file, or {@code union-graph}, e.g.
 * @param files one for each virtual shard that has items, {@code ….index-<shard>.safetensors}; empty if nothing is stored
 * @param hits how many items the recall was measured with, 1 to 10,000
 * @param recall share of the exact answer that it finds, 0 to 1: that of the shard where it is least
 * @param reason why this index, for people
 */
public record IndexEntry(String kind, List<String> files, int hits, double recall, String reason) {
    private static final int MAX_HITS = 10_000;

    /** Refuses values out of bounds. */
    public IndexEntry(String kind, @Nullable List<String> files, int hits, double recall, String reason) {
        this.kind = ComponentNames.check("kind of index", kind);
        this.files = Bounds.list("files of an index", files);
        this.files.forEach(BundlePaths::check);
        this.hits = Bounds.check("hits of an index", hits, 1, MAX_HITS);
        this.recall = recall;
        this.reason = Bounds.present("reason of an index", reason);
        if (!(recall >= 0 && recall <= 1)) {
            throw new IllegalArgumentException("recall of an index is " + recall + ", not within 0 to 1");
        }
    }

    /** The path of the index of one shard of the generator whose tensors are {@code tensors}. */
    public static String fileOf(String tensors, int shard) {
        return tensors.replaceFirst("\\.safetensors$", "") + ".index-" + shard + ".safetensors";
    }
}
