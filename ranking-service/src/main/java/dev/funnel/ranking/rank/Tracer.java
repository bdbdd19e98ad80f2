package dev.funnel.ranking.rank;

import dev.funnel.bundle.ItemTable;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.TraceVerdict;
import java.util.List;

/**
 * Says what ranking did with the items a caller asked about: their score, and their place by falling score, equal scores by
 * item id.
 */
public final class Tracer {
    private final List<String> itemIds;
    private final float[] scores;
    private final String objective;
    private final String unit;
    private final ItemTable items;

    /**
     * @param scores of each of the pool's items, values of {@code objective}
     * @param unit of the scores; empty if they have none
     */
    public Tracer(List<String> itemIds, float[] scores, String objective, String unit, ItemTable items) {
        this.itemIds = itemIds;
        this.scores = scores;
        this.objective = objective;
        this.unit = unit.isEmpty() ? "" : " " + unit;
        this.items = items;
    }

    /** One trace for each item asked about, in that order. */
    public List<ItemTrace> traces(List<String> asked) {
        return asked.stream().map(this::trace).toList();
    }

    private ItemTrace trace(String itemId) {
        int position = itemIds.indexOf(itemId);
        boolean known = items.indexOf(itemId) >= 0;
        if (position < 0) {
            return new ItemTrace(
                    itemId,
                    Stage.RANKING,
                    known ? TraceVerdict.NOT_NOMINATED : TraceVerdict.UNKNOWN_ITEM,
                    "",
                    "not among the " + itemIds.size() + " candidates",
                    0,
                    0);
        }
        String unknown = known ? "" : "; the bundle does not hold it, so its features were missing";
        String detail = "%s %.4g%s%s".formatted(objective, scores[position], unit, unknown);
        return new ItemTrace(
                itemId, Stage.RANKING, TraceVerdict.PASSED, objective, detail, scores[position], place(position));
    }

    private int place(int position) {
        int place = 1;
        for (int i = 0; i < scores.length; i++) {
            boolean before = scores[i] > scores[position]
                    || scores[i] == scores[position] && itemIds.get(i).compareTo(itemIds.get(position)) < 0;
            place += before ? 1 : 0;
        }
        return place;
    }
}
