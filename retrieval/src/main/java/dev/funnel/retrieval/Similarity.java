package dev.funnel.retrieval;

/**
 * How alike a query vector q and an item vector x are, as a score: the higher, the more alike.
 *
 * <p>Dot, norm-tempered dot and cosine are one family, (|q| |x|)^(a - 1) q.x with the exponent a = 1, between, and 0: how much
 * an item's length, which grows with its popularity, counts for it (Google, <i>Recommendation Systems</i>, Candidate
 * Generation Overview: similarity measures).
 *
 * @param kind which formula
 * @param exponent a: 1 for dot, 0 for cosine, above 0 and below 1 for norm-tempered dot; 1, and without meaning, for Euclidean
 */
public record Similarity(Kind kind, double exponent) {

    /** The inner product. */
    public static final Similarity DOT = new Similarity(Kind.DOT, 1);

    /** The inner product of both vectors scaled to length one, in [-1, 1]; 0 if either is the zero vector. */
    public static final Similarity COSINE = new Similarity(Kind.COSINE, 0);

    /** The negative of the squared Euclidean distance, at most 0. */
    public static final Similarity EUCLIDEAN = new Similarity(Kind.EUCLIDEAN, 1);

    private static final String TEMPERED = "norm-tempered-dot:";
    private static final double LEAST_SQUARES = 1e-30;

    /** The formulas. */
    public enum Kind {
        DOT,
        COSINE,
        EUCLIDEAN,
        NORM_TEMPERED_DOT
    }

    public Similarity {
        boolean fits = switch (kind) {
            case DOT, EUCLIDEAN -> exponent == 1;
            case COSINE -> exponent == 0;
            case NORM_TEMPERED_DOT -> exponent > 0 && exponent < 1;
        };
        if (!fits) {
            throw new IllegalArgumentException("exponent of " + kind + " is " + exponent
                    + ", must be above 0 and below 1 for norm-tempered dot, 0 for cosine, 1 for the others");
        }
    }

    /** (|q| |x|)^(exponent - 1) q.x; 0 if either is the zero vector. The exponent is above 0 and below 1. */
    public static Similarity normTemperedDot(double exponent) {
        return new Similarity(Kind.NORM_TEMPERED_DOT, exponent);
    }

    /** The name in manifests, configuration and answers: {@code dot}, {@code cosine}, {@code euclidean}, {@code norm-tempered-dot:0.5}. */
    public String label() {
        return switch (kind) {
            case DOT -> "dot";
            case COSINE -> "cosine";
            case EUCLIDEAN -> "euclidean";
            case NORM_TEMPERED_DOT -> TEMPERED + exponent;
        };
    }

    /** The similarity with a label; throws {@link IllegalArgumentException} naming those there are. */
    public static Similarity labelled(String label) {
        return switch (label) {
            case "dot" -> DOT;
            case "cosine" -> COSINE;
            case "euclidean" -> EUCLIDEAN;
            default -> tempered(label);
        };
    }

    /**
     * What a vector is to be multiplied by, so that the family's score of two vectors is the inner product of both products. One shorter
     * than 1e-15 has no direction: its scale is 0, as that of two such vectors together would be beyond a float.
     */
    public float scale(float[] vector) {
        if (exponent == 1) {
            return 1;
        }
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return squares > LEAST_SQUARES ? (float) Math.pow(squares, (exponent - 1) / 2) : 0;
    }

    private static Similarity tempered(String label) {
        if (label.startsWith(TEMPERED)) {
            try {
                return normTemperedDot(Double.parseDouble(label.substring(TEMPERED.length())));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "similarity is \"" + label + "\", its exponent must be a number such as " + TEMPERED + "0.5",
                        e);
            }
        }
        throw new IllegalArgumentException(
                "similarity is \"" + label + "\", must be one of dot, cosine, euclidean, " + TEMPERED + "<exponent>");
    }

    @Override
    public String toString() {
        return label();
    }
}
