package dev.funnel.ranking.grpc;

import dev.funnel.inference.Ranker;
import dev.funnel.ranking.snapshot.NamedObjective;
import dev.funnel.ranking.snapshot.RankingSnapshot;
import dev.funnel.runtime.error.CallerError;

/**
 * What a request asks of a ranker.
 *
 * @param objective what the score is
 * @param wanted index of each head whose values are wanted beside it
 */
record ChosenHeads(NamedObjective objective, int[] wanted) {
    /** @throws CallerError for a head or an objective the ranker does not have, naming those it has */
    static ChosenHeads of(RankCall call, RankingSnapshot snapshot) {
        NamedObjective objective = snapshot.objectives().asked(call.objective());
        int[] wanted = new int[call.heads().size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = index("heads[" + i + "]", call.heads().get(i), snapshot.ranker());
        }
        return new ChosenHeads(objective, wanted);
    }

    private static int index(String field, String name, Ranker ranker) {
        int index = ranker.head(name);
        if (index < 0) {
            throw new CallerError(
                    field,
                    name,
                    "must be one of the ranker's heads " + ranker.objectives().heads());
        }
        return index;
    }
}
