package dev.funnel.trainer.rank;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a ranker is to predict, and how its predictions become one score.
 *
 * @param heads what it predicts, each once; empty: all that the log tells
 * @param objectives formulas over names of heads, by name
 * @param preferred the objective or head that is the score unless asked otherwise; empty: the first head
 */
public record RankerGoals(List<HeadKind> heads, Map<String, String> objectives, String preferred) {

    /** All that the log tells; the score is the expected watch time where that is known. */
    public static final RankerGoals OF_THE_LOG = new RankerGoals(List.of(), Map.of(), "");

    public RankerGoals {
        heads = List.copyOf(heads);
        objectives = Collections.unmodifiableMap(new LinkedHashMap<>(objectives));
        if (heads.stream().distinct().count() < heads.size()) {
            throw new IllegalArgumentException("heads are " + heads + ", must be different ones");
        }
    }

    /** These goals, or those heads of the log where none are named. */
    RankerGoals orHeads(List<HeadKind> known) {
        for (HeadKind head : heads) {
            if (!known.contains(head)) {
                throw new IllegalArgumentException("head " + head.label() + " cannot be learnt from this log, only "
                        + known.stream().map(HeadKind::label).toList());
            }
        }
        List<HeadKind> chosen = heads.isEmpty() ? known : heads;
        return new RankerGoals(
                chosen, objectives, preferred.isEmpty() ? chosen.getFirst().label() : preferred);
    }
}
