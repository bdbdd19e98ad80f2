package dev.funnel.reranker.rule;

/** How much a place is looked at, by the discount of DCG: 1 / log2(1 + place), place from 1 (Jarvelin and Kekalainen 2002). */
public final class Exposure {
    private static final double[] WEIGHTS = weights();

    private Exposure() {}

    /**
     * The exposure of a place.
     *
     * @param place from 0, below 500
     */
    public static double of(int place) {
        return WEIGHTS[place];
    }

    private static double[] weights() {
        double[] weights = new double[500];
        for (int place = 0; place < weights.length; place++) {
            weights[place] = StrictMath.log(2) / StrictMath.log(2.0 + place);
        }
        return weights;
    }
}
