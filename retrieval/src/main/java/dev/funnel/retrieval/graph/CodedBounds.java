package dev.funnel.retrieval.graph;

import dev.funnel.retrieval.Similarity;

/**
 * How far a node's score may be from what its codes and the query's say ({@link Closeness} to a query).
 *
 * <p>With q = t p + f and x = s c + e, where p and c are codes, q.x - s t p.c = q.e + f.(s c), so that by Cauchy and Schwarz it is at
 * most |q| |e| + |f| (|x| + |e|). Codes are the nearest, so that in d dimensions |e| is at most s sqrt(d) / 2, and |f| at most
 * t sqrt(d) / 2: nothing has to be kept per node. The roundings of the score as a float and of this are at most (2 d + 64) u |q| |x| together,
 * or (|q| + |x|)^2 for Euclidean, with u = 2^-24, see {@link dev.funnel.retrieval.VectorArithmetic}; that is added.
 */
final class CodedBounds {

    private static final double ROUNDOFF = 0x1p-24;

    private final boolean euclidean;
    private final double length;
    private final double slack;
    private final float perScale;
    private final float perLength;
    private final float perSquare;
    private final float constant;

    CodedBounds(QueryCodes query, CodedItems items) {
        double half = Math.sqrt(items.dimensions()) / 2;
        double rest = query.scale() * half;
        this.euclidean = items.similarity().kind() == Similarity.Kind.EUCLIDEAN;
        this.length = query.length();
        this.slack = (2.0 * items.dimensions() + 64) * ROUNDOFF;
        double up = 1 + 2 * slack;
        this.perScale = (float) ((length + rest) * half * up);
        this.perLength = (float) ((rest + (euclidean ? 2 : 1) * slack * length) * up);
        this.perSquare = euclidean ? (float) (slack * up) : 0;
        this.constant = (float) ((euclidean ? slack * length * length * up : 0) + Float.MIN_NORMAL);
    }

    /** Half the distance of a node's upper bound from its lower bound, given its scale and length. */
    float halfWidth(float scale, float x) {
        return perScale * scale + (perLength + perSquare * x) * x + constant;
    }

    /** An upper bound of the score of any item that is no longer than {@code longest}. */
    double bound(float longest) {
        return euclidean ? Double.POSITIVE_INFINITY : length * longest * (1 + 2 * slack) + Float.MIN_NORMAL;
    }
}
