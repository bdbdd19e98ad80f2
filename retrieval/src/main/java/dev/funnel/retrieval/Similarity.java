package dev.funnel.retrieval;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How alike a query vector and an item vector are, as a score: the higher, the more alike. */
public enum Similarity {
    /** The inner product. */
    DOT,
    /** The inner product of both vectors scaled to length one, in [-1, 1]; 0 if either is the zero vector. */
    COSINE,
    /** The negative of the squared Euclidean distance, at most 0. */
    EUCLIDEAN;

    /** The name in manifests, configuration and answers: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The similarity with a label; throws {@link IllegalArgumentException} naming those there are. */
    public static Similarity labelled(String label) {
        for (Similarity similarity : values()) {
            if (similarity.label().equals(label)) {
                return similarity;
            }
        }
        throw new IllegalArgumentException("similarity is \"" + label + "\", must be one of "
                + Arrays.stream(values()).map(Similarity::label).collect(Collectors.joining(", ")));
    }
}
