package dev.funnel.trainer.rank;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.UserTable;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Map;

/**
 * What a ranker is trained on. Users and items are rows of the two tables.
 *
 * @param items the table that will be published
 * @param users the table that will be published; only its profile columns are read
 * @param past what users did, to count statistics of items from
 * @param countedMs instants at which statistics of items are counted, of everything before, ascending; an example reads those of the
 *     last instant before it
 * @param histories what users had done at the time of an example
 * @param generators fitted on data without the examples' labels
 * @param vectors by table name, e.g. "als": of the same fit as {@code generators}
 */
public record RankerTrainingInput(
        ItemTable items,
        UserTable users,
        InteractionLog past,
        long[] countedMs,
        Examples examples,
        Histories histories,
        GeneratorScores generators,
        Map<String, ItemVectors> vectors) {
    public RankerTrainingInput {
        vectors = Map.copyOf(vectors);
    }
}
