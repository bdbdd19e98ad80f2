package dev.funnel.retrieval.graph;

/**
 * Chooses a node's links among candidates: the closest first, each only if it is closer to the node than to every link chosen
 * already, so that links lead in different directions (Malkov and Yashunin 2016, algorithm 4). Not for several threads.
 */
final class Neighbourhood {

    private static final int AT_ONCE = 4;

    private final Closeness closeness;
    private final int[] few = new int[AT_ONCE];
    private final float[] fewCloseness = new float[AT_ONCE];

    Neighbourhood(Closeness closeness) {
        this.closeness = closeness;
    }

    /**
     * Chooses at most {@code most} of the candidates.
     *
     * @param candidates nodes, the closest first
     * @param closenessToNode how close each is to the node, with what depends on the candidate alone left in
     * @param into takes the links chosen, the closest first
     * @return how many were chosen
     */
    int choose(int[] candidates, float[] closenessToNode, int count, int most, Metric metric, int node, int[] into) {
        float[] biases = metric.biases();
        float own = biases.length == 0 ? 0 : biases[node];
        int chosen = 0;
        for (int i = 0; i < count && chosen < most; i++) {
            int candidate = candidates[i];
            if (candidate == node) {
                continue;
            }
            // seen from the candidate: what depends on it alone is the same on both sides, the node's and the link's
            // part is not
            float bias = biases.length == 0 ? 0 : biases[candidate];
            if (diverse(candidate, closenessToNode[i] + bias - own, into, chosen)) {
                into[chosen++] = candidate;
            }
        }
        return chosen;
    }

    private boolean diverse(int candidate, float toNode, int[] links, int chosen) {
        if (chosen == 0) {
            return true;
        }
        closeness.from(candidate);
        for (int at = 0; at < chosen; at += AT_ONCE) {
            int count = Math.min(AT_ONCE, chosen - at);
            System.arraycopy(links, at, few, 0, count);
            closeness.to(few, count, fewCloseness);
            for (int i = 0; i < count; i++) {
                if (fewCloseness[i] >= toNode) {
                    return false;
                }
            }
        }
        return true;
    }
}
