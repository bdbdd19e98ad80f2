package dev.funnel.ranking.grpc;

import dev.funnel.bundle.schema.Head;
import dev.funnel.inference.Ranker;
import dev.funnel.runtime.error.CallerError;
import java.util.List;

/**
 * The heads of a ranker that a request asks for, by index.
 *
 * @param objective the one that is the score
 * @param wanted those whose values are wanted beside it
 */
record ChosenHeads(int objective, int[] wanted) {
    /** @throws CallerError for a head the ranker does not have, naming those it has */
    static ChosenHeads of(RankCall call, Ranker ranker) {
        int objective =
                call.objective().isEmpty() ? ranker.defaultHead() : index("objective", call.objective(), ranker);
        int[] wanted = new int[call.heads().size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = index("heads[" + i + "]", call.heads().get(i), ranker);
        }
        return new ChosenHeads(objective, wanted);
    }

    private static int index(String field, String name, Ranker ranker) {
        int index = ranker.head(name);
        if (index < 0) {
            List<String> names =
                    ranker.schema().heads().stream().map(Head::name).toList();
            throw new CallerError(field, name, "must be one of the ranker's heads " + names);
        }
        return index;
    }
}
