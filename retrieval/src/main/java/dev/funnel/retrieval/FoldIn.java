package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;

/**
 * Finds the vector of a user from the items of a history, the item vectors being given: one exact half-step of iALS.
 *
 * <p>With item vectors v_i, observed weights w_i and the Gramian G, the sum of v_i v_i^T over all items, it solves
 *
 * <pre>(w0 G + sum_i w_i v_i v_i^T + lambda f^nu I) x = sum_i w_i v_i,     f = sum_i w_i + w0 n</pre>
 *
 * where the sums run over the history, n is the number of items and f the row's frequency. This minimises the objective of
 * Rendle, Krichene, Zhang and Koren (2022), <i>Revisiting the Performance of iALS on Item Recommendation Benchmarks</i>, RecSys
 * (equations 2 to 5, with their frequency-scaled regularisation), which is that of Hu, Koren and Volinsky (2008) with the
 * unobserved term spread over all pairs. The system is symmetric and positive definite; it is solved by Cholesky
 * factorisation, so the answer is exact up to rounding.
 *
 * <p>Training runs the same code for users over items and for items over users. A trained user's vector is therefore what
 * folding in that user's history gives, up to the order in which floats are added. Safe for several threads; a
 * {@link Solver} is for one.
 */
public final class FoldIn {

    private final FloatMatrix factors;
    private final float[] gramian;
    private final FoldInSettings settings;

    /**
     * @param factors one row per item
     * @param gramian see {@link Gramian}: columns x columns, row by row
     */
    public FoldIn(FloatMatrix factors, float[] gramian, FoldInSettings settings) {
        if (gramian.length != factors.columns() * factors.columns()) {
            throw new IllegalArgumentException("gramian has " + gramian.length + " values for " + factors.columns()
                    + " dimensions, must have their square");
        }
        this.factors = factors;
        this.gramian = gramian;
        this.settings = settings;
    }

    /**
     * The vector for a history; the zero vector for an empty one.
     *
     * @param items item indexes; one that occurs twice counts twice
     * @param weights the weight of each, in the same order, finite; an entry of weight 0 or less, such as a dislike, is passed over
     */
    public float[] solve(int[] items, float[] weights) {
        return solve(factors::copyRow, items, weights);
    }

    /**
     * The same over items that need not be among those fitted: each counts with the vector given for it.
     *
     * @param vectors of as many dimensions as the factors
     */
    public float[] solve(ItemVectors vectors, int[] items, float[] weights) {
        if (items.length != weights.length) {
            throw new IllegalArgumentException(items.length + " items but " + weights.length + " weights");
        }
        Solver solver = solver();
        for (int i = 0; i < items.length; i++) {
            solver.observe(vectors, items[i], weights[i]);
        }
        float[] vector = new float[factors.columns()];
        solver.solve(vector, 0);
        return vector;
    }

    /** A solver for one thread, to be used again and again. */
    public Solver solver() {
        return new Solver();
    }

    /** Observes a history, then solves for its vector, then is ready for the next. */
    public final class Solver {

        private final NormalEquations equations = new NormalEquations(factors.columns());
        private double weightSum;

        private Solver() {
            reset();
        }

        /** Adds an item of the history, unless its weight is 0 or less. */
        public void observe(int item, float weight) {
            observe(factors::copyRow, item, weight);
        }

        private void observe(ItemVectors vectors, int item, float weight) {
            if (!Float.isFinite(weight)) {
                throw new IllegalArgumentException("weight of item " + item + " is " + weight + ", must be finite");
            }
            if (weight > 0) {
                vectors.copyRow(item, equations.nextRow(), 0);
                equations.addRow(weight);
                weightSum += weight;
            }
        }

        /** Writes the vector to {@code into[at..]} and forgets the history. */
        public void solve(float[] into, int at) {
            double frequency = weightSum + settings.unobservedWeight() * factors.rows();
            double ridge = settings.regularization() * Math.pow(frequency, settings.regularizationExponent());
            equations.solve((float) ridge, into, at);
            reset();
        }

        private void reset() {
            equations.start(gramian, (float) settings.unobservedWeight());
            weightSum = 0;
        }
    }
}
