package dev.funnel.bundle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is in a bundle, in short, for people and scripts.
 *
 * @param bytes size of all files but the manifest
 * @param interactions number of interactions in all users' histories
 * @param itemColumns kinds of the item table's columns by name
 * @param userColumns kinds of the user table's columns by name
 * @param files sizes in bytes by path
 */
public record BundleSummary(
        String name,
        String version,
        String published,
        @Nullable String trainedUntil,
        long itemLogPosition,
        long bytes,
        int items,
        int shards,
        int users,
        long interactions,
        Map<String, String> itemColumns,
        Map<String, String> userColumns,
        List<GeneratorEntry> generators,
        @Nullable RankerEntry ranker,
        int goldenQueries,
        Map<String, Double> metrics,
        Map<String, Long> files) {

    static BundleSummary of(Bundle bundle) {
        Manifest manifest = bundle.manifest();
        Instant trainedUntil = manifest.trainedUntil();
        Map<String, Long> files = new TreeMap<>();
        manifest.files().forEach(file -> files.put(file.path(), file.size()));
        return new BundleSummary(
                manifest.name(),
                manifest.version().value(),
                manifest.version().published().toString(),
                trainedUntil == null ? null : trainedUntil.toString(),
                manifest.itemLogPosition(),
                manifest.bytes(),
                bundle.items().size(),
                manifest.shards(),
                bundle.users().size(),
                bundle.users().interactions(),
                kinds(bundle.items()),
                kinds(bundle.users()),
                manifest.generators(),
                manifest.ranker(),
                manifest.goldenQueries().size(),
                manifest.metrics(),
                files);
    }

    private static Map<String, String> kinds(Table table) {
        Map<String, String> kinds = new TreeMap<>();
        table.columns().forEach((name, column) -> kinds.put(name, column.kind().label()));
        return kinds;
    }

    /** The summary as lines of text. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("bundle       " + name + " " + version);
        lines.add("published    " + published);
        lines.add("trained to   " + (trainedUntil == null ? "(the data has no times)" : trainedUntil)
                + ", item log position " + itemLogPosition);
        lines.add("size         " + bytes + " bytes in " + files.size() + " files");
        lines.add("items        " + items + (shards == 1 ? "" : " in " + shards + " shards") + "  "
                + columns(itemColumns));
        lines.add("users        " + users + "  " + columns(userColumns) + ", " + interactions + " interactions");
        for (GeneratorEntry generator : generators) {
            lines.add("generator    " + line(generator));
            IndexEntry index = generator.index();
            if (index != null) {
                lines.add("index        " + generator.name() + ": " + line(index));
            }
        }
        lines.add("ranker       " + (ranker == null ? "(none)" : line(ranker)));
        if (ranker != null) {
            ranker.objectives().forEach((name, formula) -> lines.add("objective    " + name + " = " + formula));
            ranker.reliability().forEach(one -> lines.add("reliability  " + line(one)));
        }
        lines.add("golden       " + goldenQueries + " queries");
        metrics.forEach(
                (metric, value) -> lines.add(String.format(Locale.ROOT, "metric       %s = %.4f", metric, value)));
        files.forEach((file, size) -> lines.add(String.format(Locale.ROOT, "file         %,15d  %s", size, file)));
        return String.join("\n", lines) + "\n";
    }

    private static String columns(Map<String, String> kinds) {
        List<String> columns = new ArrayList<>();
        kinds.forEach((column, kind) -> columns.add(column + ":" + kind));
        return String.join(" ", columns);
    }

    private static String line(GeneratorEntry generator) {
        String vectors = generator.dimensions() == 0
                ? ""
                : ", " + generator.dimensions() + " dimensions, " + generator.similarity();
        String recall = generator.measuredRecall() == null
                ? ", recall not measured"
                : String.format(Locale.ROOT, ", recall %.4f", generator.measuredRecall());
        return generator.name() + " (" + generator.kind() + vectors + "), limit " + generator.defaultLimit() + recall;
    }

    private static String line(IndexEntry index) {
        String files = index.files().isEmpty() ? "" : ", " + String.join(" ", index.files());
        return index.kind()
                + String.format(
                        Locale.ROOT, ", recall %.4f at %d", Math.floor(index.recall() * 1e4) / 1e4, index.hits())
                + files + "; " + index.reason();
    }

    private static String line(RankerEntry ranker) {
        List<String> heads = new ArrayList<>();
        ranker.heads().forEach(head -> heads.add(head.name() + " [" + head.unit() + "]"));
        return ranker.network() + ", heads " + String.join(", ", heads) + ", objective " + ranker.defaultObjective();
    }

    private static String line(HeadReliability one) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s, %s: predicted / observed %.3f of %,d examples; by part",
                one.head(),
                one.group(),
                one.ratio(),
                one.examples()));
        for (HeadReliability.Part part : one.parts()) {
            line.append(String.format(Locale.ROOT, " %.4g:%.4g", part.predicted(), part.observed()));
        }
        return line.toString();
    }
}
