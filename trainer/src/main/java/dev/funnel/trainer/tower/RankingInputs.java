package dev.funnel.trainer.tower;

import dev.funnel.bundle.History;
import dev.funnel.inference.feature.RankingInput;
import java.util.List;
import java.util.Map;

/** What a tower of items is asked. */
final class RankingInputs {
    private RankingInputs() {}

    /** Items, for nobody. */
    static RankingInput ofItems(int... items) {
        return new RankingInput(0, Map.of(), Map.of(), History.EMPTY, null, items, List.of(), new int[0]);
    }
}
