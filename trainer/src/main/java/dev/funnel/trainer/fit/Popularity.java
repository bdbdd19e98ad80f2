package dev.funnel.trainer.fit;

/** The most popular items: those with the greatest sum of weights, which for weights of 1 is how often they were seen. */
public final class Popularity {

    private Popularity() {}

    /**
     * The {@code most} most popular of the items that were seen at all.
     *
     * @param itemCount how many items there are
     * @param items the item of each interaction
     * @param weights the weight of each, in the same order; to favour what is popular now, decayed with age
     */
    public static RankedItems fit(int itemCount, int[] items, float[] weights, int most) {
        double[] sums = new double[itemCount];
        for (int i = 0; i < items.length; i++) {
            sums[items[i]] += weights[i];
        }
        return RankedItems.best(toFloats(sums), most);
    }

    /** The same over the columns of a matrix. */
    public static RankedItems fit(SparseRows interactions, int most) {
        double[] sums = new double[interactions.columns()];
        for (int entry = 0; entry < interactions.entries(); entry++) {
            sums[interactions.column(entry)] += interactions.value(entry);
        }
        return RankedItems.best(toFloats(sums), most);
    }

    private static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
