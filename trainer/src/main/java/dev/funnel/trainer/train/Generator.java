package dev.funnel.trainer.train;

import java.util.Locale;

/** The generators that are trained, in the order of reports and features. */
public enum Generator {
    /** Weighted matrix factorisation. */
    ALS("factorization"),
    /** Item-item co-visitation. */
    COVISIT("covisitation"),
    /** The most popular items. */
    POPULAR("ranked-list"),
    /** The newest items. */
    NEWEST("ranked-list");

    private final String kind;

    Generator(String kind) {
        this.kind = kind;
    }

    /** Its name in bundles, configuration and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What reads its file. */
    String kind() {
        return kind;
    }

    String file() {
        return "generators/" + label() + ".safetensors";
    }
}
