package dev.funnel.ranking.grpc;

import dev.funnel.inference.Ranker;
import dev.funnel.inference.objective.Objective;
import dev.funnel.runtime.error.CallerError;

/**
 * What a request asks of a ranker.
 *
 * @param name what the score is: the name of a head or of an objective
 * @param objective the score
 * @param wanted index of each head whose values are wanted beside it
 */
record ChosenHeads(String name, Objective objective, int[] wanted) {
    /** @throws CallerError for a head or an objective the ranker does not have, naming those it has */
    static ChosenHeads of(RankCall call, Ranker ranker) {
        String name = call.objective().isEmpty() ? ranker.objectives().defaultName() : call.objective();
        Objective objective = ranker.objectives().named(name);
        if (objective == null) {
            throw new CallerError(
                    "objective",
                    name,
                    "must be one of the ranker's heads " + ranker.objectives().heads() + " or objectives "
                            + ranker.objectives().formulas().keySet());
        }
        int[] wanted = new int[call.heads().size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = index("heads[" + i + "]", call.heads().get(i), ranker);
        }
        return new ChosenHeads(name, objective, wanted);
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
