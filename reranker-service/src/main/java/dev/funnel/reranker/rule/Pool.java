package dev.funnel.reranker.rule;

import java.util.HashMap;
import java.util.Map;

/**
 * The scored candidates of one request, in columns. A candidate's <em>position</em> is its index here and in the request; what
 * rules say of it must not depend on that.
 */
public final class Pool {
    private final String[] ids;
    private final int[] items;
    private final float[] scores;
    private final Map<String, Integer> positions;

    /**
     * @param ids the items' ids, without repeats
     * @param items their item indexes; -1 where the bundle does not hold the item
     * @param scores their scores, finite; higher is better
     */
    public Pool(String[] ids, int[] items, float[] scores) {
        this.ids = ids;
        this.items = items;
        this.scores = scores;
        this.positions = HashMap.newHashMap(ids.length);
        for (int position = 0; position < ids.length; position++) {
            positions.put(ids[position], position);
        }
    }

    public int size() {
        return ids.length;
    }

    public String id(int position) {
        return ids[position];
    }

    /** Item index of a candidate; -1 if the bundle does not hold it. */
    public int item(int position) {
        return items[position];
    }

    /** Item indexes of all candidates, by position; must not be changed. */
    int[] items() {
        return items;
    }

    /** Score of a candidate as it came. */
    public float score(int position) {
        return scores[position];
    }

    /** A copy of all scores as they came, by position. */
    public float[] scores() {
        return scores.clone();
    }

    /** Position of an item; -1 if it is not a candidate. */
    public int positionOf(String id) {
        return positions.getOrDefault(id, -1);
    }
}
