package dev.funnel.bundle;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest says of the ranker.
 *
 * @param network ONNX file
 * @param schema feature schema, which names each input block and its source
 * @param features tensors the feature transform needs
 * @param heads what it predicts, at least one, names distinct
 * @param objectives formulas that combine heads into one score, by name, e.g. {@code click * watch_time^0.5}; no name is a head's
 * @param defaultObjective what the score is if the pipeline does not say: the name of a head or of an objective
 * @param reliability what the heads predicted against what was seen, by group of held-out examples
 */
public record RankerEntry(
        String network,
        String schema,
        String features,
        List<HeadEntry> heads,
        Map<String, String> objectives,
        String defaultObjective,
        List<HeadReliability> reliability) {
    private static final int MOST_OBJECTIVES = 64;
    private static final int MOST_FORMULA_CHARACTERS = 1_000;
    private static final int MOST_RELIABILITIES = 1_000;

    /** Refuses unsafe paths, a ranker that predicts nothing, and an objective that is not declared. */
    public RankerEntry(
            String network,
            String schema,
            String features,
            List<HeadEntry> heads,
            @Nullable Map<String, String> objectives,
            String defaultObjective,
            @Nullable List<HeadReliability> reliability) {
        this.network = BundlePaths.check(network);
        this.schema = BundlePaths.check(schema);
        this.features = BundlePaths.check(features);
        this.heads = Bounds.list("heads", heads);
        this.objectives = Bounds.texts("objectives", objectives, MOST_FORMULA_CHARACTERS);
        this.defaultObjective = Bounds.present("default objective", defaultObjective);
        this.reliability = Bounds.list("reliability", reliability);
        if (this.heads.isEmpty()) {
            throw new IllegalArgumentException("the ranker has no heads");
        }
        Bounds.check("number of objectives", this.objectives.size(), 0, MOST_OBJECTIVES);
        Bounds.check("number of reliabilities", this.reliability.size(), 0, MOST_RELIABILITIES);
        requireNames();
    }

    /** One without objectives but its heads. */
    public RankerEntry(String network, String schema, String features, List<HeadEntry> heads, String defaultObjective) {
        this(network, schema, features, heads, Map.of(), defaultObjective, List.of());
    }

    private void requireNames() {
        Set<String> names = new HashSet<>();
        for (HeadEntry head : heads) {
            if (!names.add(head.name())) {
                throw new IllegalArgumentException("two heads are named " + head.name());
            }
        }
        for (String objective : objectives.keySet()) {
            if (!names.add(ComponentNames.check("objective", objective))) {
                throw new IllegalArgumentException("objective " + objective + " has the name of a head");
            }
        }
        if (!names.contains(defaultObjective)) {
            throw new IllegalArgumentException(
                    "default objective " + BundleRefusedException.quote(defaultObjective) + " is none of " + names);
        }
    }
}
