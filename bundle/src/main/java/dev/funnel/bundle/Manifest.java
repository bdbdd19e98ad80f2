package dev.funnel.bundle;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of contents of one bundle version: which files it is made of, and what they mean.
 *
 * @param name of the bundle, e.g. {@code demo}
 * @param version its identity
 * @param chunkBytes size of the pieces that are hashed one by one
 * @param files every file but the manifest
 * @param contents what the trainer says of them
 */
public record Manifest(String name, BundleVersion version, int chunkBytes, List<FileEntry> files, Draft contents) {
    /** The manifest format this code reads and writes. */
    static final int FORMAT = 1;

    static final int DEFAULT_CHUNK_BYTES = 16 << 20;
    private static final int MIN_CHUNK_BYTES = 1 << 16;
    private static final int MAX_CHUNK_BYTES = 1 << 30;
    private static final int MAX_FILES = 100_000;

    /** Refuses contents that name files which are not listed, and values out of bounds. */
    public Manifest {
        BundleStore.checkName(name);
        files = List.copyOf(files);
        Bounds.check("number of files", files.size(), 0, MAX_FILES);
        Bounds.check("chunk_bytes", chunkBytes, MIN_CHUNK_BYTES, MAX_CHUNK_BYTES);
        if (chunkBytes % 8 != 0) {
            throw new IllegalArgumentException("chunk_bytes is " + chunkBytes + ", not a multiple of 8");
        }
        checkFiles(files, chunkBytes, contents);
    }

    /**
     * What a trainer knows of the bundle it publishes; the rest of the manifest follows from the files.
     *
     * @param trainedUntil instant of the newest interaction used; null if the data has no times
     * @param itemLogPosition position in the item log up to which its changes are included; 0 is none
     * @param shards into how many virtual shards the items are split, 1 to 4,096, see {@link ItemShards}
     * @param generators candidate generators, names distinct
     * @param ranker null if the bundle has none
     * @param goldenQueries questions that a service asks itself after loading
     * @param metrics what the evaluation measured, e.g. {@code als.recall@50}; finite
     * @param clickBait model that tells how probably a click on an item is left at once; null if the bundle has none
     */
    public record Draft(
            @Nullable Instant trainedUntil,
            long itemLogPosition,
            int shards,
            List<GeneratorEntry> generators,
            @Nullable RankerEntry ranker,
            List<GoldenQuery> goldenQueries,
            Map<String, Double> metrics,
            @Nullable RankerEntry clickBait) {
        private static final int MAX_ENTRIES = 1_000;

        /** Of a catalogue that is one shard, without a click-bait model. */
        public Draft(
                @Nullable Instant trainedUntil,
                long itemLogPosition,
                List<GeneratorEntry> generators,
                @Nullable RankerEntry ranker,
                List<GoldenQuery> goldenQueries,
                Map<String, Double> metrics) {
            this(trainedUntil, itemLogPosition, 1, generators, ranker, goldenQueries, metrics, null);
        }

        /** Refuses two generators of one name, and metrics that are not finite. */
        public Draft {
            Bounds.check("shards", shards, 1, ItemShards.MOST);
            generators = List.copyOf(generators);
            goldenQueries = List.copyOf(goldenQueries);
            metrics = Bounds.finite("metrics", metrics);
            Bounds.check("number of generators", generators.size(), 0, MAX_ENTRIES);
            Bounds.check("number of golden queries", goldenQueries.size(), 0, MAX_ENTRIES);
            Bounds.check("number of metrics", metrics.size(), 0, MAX_ENTRIES);
            Set<String> names = new HashSet<>();
            for (GeneratorEntry generator : generators) {
                if (!names.add(generator.name())) {
                    throw new IllegalArgumentException("two generators are named " + generator.name());
                }
            }
        }

        /** The same of a catalogue that is split into so many shards. */
        public Draft withShards(int shards) {
            return new Draft(
                    trainedUntil, itemLogPosition, shards, generators, ranker, goldenQueries, metrics, clickBait);
        }

        /** The same with a ranker. */
        public Draft withRanker(RankerEntry ranker) {
            return new Draft(
                    trainedUntil, itemLogPosition, shards, generators, ranker, goldenQueries, metrics, clickBait);
        }

        /** The same with a click-bait model. */
        public Draft withClickBait(RankerEntry clickBait) {
            return new Draft(
                    trainedUntil, itemLogPosition, shards, generators, ranker, goldenQueries, metrics, clickBait);
        }

        /** The same with other golden queries. */
        public Draft withGoldenQueries(List<GoldenQuery> goldenQueries) {
            return new Draft(
                    trainedUntil, itemLogPosition, shards, generators, ranker, goldenQueries, metrics, clickBait);
        }

        /** The same with other metrics. */
        public Draft withMetrics(Map<String, Double> metrics) {
            return new Draft(
                    trainedUntil, itemLogPosition, shards, generators, ranker, goldenQueries, metrics, clickBait);
        }
    }

    /** See {@link Draft#trainedUntil}. */
    public @Nullable Instant trainedUntil() {
        return contents.trainedUntil();
    }

    /** See {@link Draft#itemLogPosition}. */
    public long itemLogPosition() {
        return contents.itemLogPosition();
    }

    /** See {@link Draft#shards}. */
    public int shards() {
        return contents.shards();
    }

    /** The candidate generators. */
    public List<GeneratorEntry> generators() {
        return contents.generators();
    }

    /** The generator {@code generator}, or null if there is none. */
    public @Nullable GeneratorEntry generator(String generator) {
        return generators().stream()
                .filter(entry -> entry.name().equals(generator))
                .findFirst()
                .orElse(null);
    }

    /** The ranker, or null if the bundle has none. */
    public @Nullable RankerEntry ranker() {
        return contents.ranker();
    }

    /** The click-bait model, or null if the bundle has none. */
    public @Nullable RankerEntry clickBait() {
        return contents.clickBait();
    }

    /** Questions that a service asks itself after loading. */
    public List<GoldenQuery> goldenQueries() {
        return contents.goldenQueries();
    }

    /** What the evaluation measured. */
    public Map<String, Double> metrics() {
        return contents.metrics();
    }

    /** Size of all files but the manifest, in bytes. */
    public long bytes() {
        return files.stream().mapToLong(FileEntry::size).sum();
    }

    private static void checkFiles(List<FileEntry> files, int chunkBytes, Draft contents) {
        Set<String> paths = new HashSet<>();
        for (FileEntry file : files) {
            if (!paths.add(file.path())) {
                throw new IllegalArgumentException("file " + file.path() + " is listed twice");
            }
            long chunks = Math.ceilDiv(file.size(), chunkBytes);
            if (file.sha256().size() != chunks) {
                throw new IllegalArgumentException("file " + file.path() + " of " + file.size() + " bytes has "
                        + file.sha256().size() + " hashes, " + chunks + " are needed");
            }
        }
        requireListed(paths, BundlePaths.ITEMS, ".safetensors");
        requireListed(paths, BundlePaths.USERS, ".safetensors");
        contents.generators().forEach(generator -> requireListed(paths, generator));
        requireListed(paths, contents.ranker());
        requireListed(paths, contents.clickBait());
    }

    private static void requireListed(Set<String> paths, GeneratorEntry generator) {
        requireListed(paths, generator.file(), ".safetensors");
        IndexEntry index = generator.index();
        if (index != null) {
            index.files().forEach(file -> requireListed(paths, file, ".safetensors"));
        }
    }

    private static void requireListed(Set<String> paths, @Nullable RankerEntry network) {
        if (network != null) {
            requireListed(paths, network.network(), ".onnx");
            requireListed(paths, network.schema(), ".json");
            requireListed(paths, network.features(), ".safetensors");
        }
    }

    private static void requireListed(Set<String> paths, String path, String suffix) {
        if (!paths.contains(path)) {
            throw new IllegalArgumentException("file " + path + " is needed and not listed");
        }
        if (!path.endsWith(suffix)) {
            throw new IllegalArgumentException("file " + path + " has to be a " + suffix + " file");
        }
    }
}
