package dev.funnel.bundle;

import static dev.funnel.bundle.BundleRefusedException.quote;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as it stands in {@code manifest.json}. The version is not in it: its time is {@code published}, its hash is that of
 * the file's own bytes.
 */
record ManifestDocument(
        int format,
        String name,
        String published,
        @Nullable String trainedUntil,
        @Nullable Long itemLogPosition,
        @Nullable Integer shards,
        int chunkBytes,
        List<FileEntry> files,
        @Nullable List<GeneratorEntry> generators,
        @Nullable RankerEntry ranker,
        @Nullable List<GoldenQuery> goldenQueries,
        @Nullable Map<String, Double> metrics,
        @Nullable RankerEntry clickBait) {

    static ManifestDocument of(
            String name, Instant published, int chunkBytes, List<FileEntry> files, Manifest.Draft contents) {
        Instant trainedUntil = contents.trainedUntil();
        return new ManifestDocument(
                Manifest.FORMAT,
                name,
                BundleVersion.stamp(published),
                trainedUntil == null ? null : trainedUntil.toString(),
                contents.itemLogPosition(),
                contents.shards(),
                chunkBytes,
                files,
                contents.generators(),
                contents.ranker(),
                contents.goldenQueries(),
                contents.metrics(),
                contents.clickBait());
    }

    byte[] toJson() throws JsonProcessingException {
        return StrictJson.PRETTY.writeValueAsBytes(this);
    }

    /** Reads {@code json} as the manifest of {@code version}; the hash of {@code json} was compared before. */
    static Manifest read(byte[] json, BundleVersion version) throws BundleRefusedException {
        ManifestDocument document = parse(json);
        if (document.format != Manifest.FORMAT) {
            throw refused("has format " + document.format + ", this program reads " + Manifest.FORMAT, null);
        }
        if (!version.stamp().equals(document.published)) {
            throw refused("was published " + quote(document.published) + ", its directory is named " + version, null);
        }
        try {
            return document.manifest(version);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
    }

    private static ManifestDocument parse(byte[] json) throws BundleRefusedException {
        try {
            ManifestDocument document = StrictJson.MAPPER.readValue(json, ManifestDocument.class);
            if (document != null) {
                return document;
            }
        } catch (JsonProcessingException e) {
            throw refused("is not a manifest: " + StrictJson.reason(e), e);
        } catch (IOException e) {
            throw refused("is not UTF-8: " + e.getMessage(), e);
        }
        throw refused("is null", null);
    }

    private Manifest manifest(BundleVersion version) {
        Manifest.Draft contents = new Manifest.Draft(
                trainedUntil == null ? null : Instant.parse(trainedUntil),
                itemLogPosition == null ? 0 : itemLogPosition,
                shards == null ? 1 : shards,
                Bounds.list("generators", generators),
                ranker,
                Bounds.list("golden_queries", goldenQueries),
                Bounds.finite("metrics", metrics),
                clickBait);
        return new Manifest(
                Bounds.present("name", name),
                version,
                chunkBytes,
                Bounds.list("files", Bounds.present("files", files)),
                contents);
    }

    private static BundleRefusedException refused(String reason, @Nullable Exception cause) {
        return new BundleRefusedException(BundlePaths.MANIFEST, reason, cause);
    }
}
