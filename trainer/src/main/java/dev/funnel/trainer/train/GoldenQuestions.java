package dev.funnel.trainer.train;

import dev.funnel.bundle.GoldenQuery;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.UserTable;
import dev.funnel.retrieval.Hits;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.train.FittedGenerators.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What personal generators answer to a few users, nothing being filtered: services have to answer alike. */
record GoldenQuestions(FittedGenerators fitted, Tables tables) {

    private static final int USERS = 4;
    private static final int ITEMS = 10;

    /** Longer histories may be cut by who asks. */
    private static final int LONGEST_HISTORY = 500;

    /** The questions of the first users for whom there are any. */
    List<GoldenQuery> queries() {
        UserTable users = tables.users();
        List<GoldenQuery> queries = new ArrayList<>();
        int asked = 0;
        for (int row = 0; row < users.size() && asked < USERS; row++) {
            int size = users.historySize(row);
            if (size > 0 && size <= LONGEST_HISTORY) {
                List<GoldenQuery> own = of(row);
                queries.addAll(own);
                asked += own.isEmpty() ? 0 : 1;
            }
        }
        return queries;
    }

    private List<GoldenQuery> of(int row) {
        Asker asker =
                new Asker(row, tables.users().history(row), tables.profiles().of(row), Map.of(), 0);
        List<GoldenQuery> queries = new ArrayList<>();
        for (Member one : fitted.personal()) {
            Hits hits = one.generator()
                    .ask(asker)
                    .map(asked -> asked.best(ITEMS, ItemTest.ALL))
                    .orElse(Hits.NONE);
            if (hits.size() == ITEMS) {
                String user = tables.users().id(row);
                queries.add(new GoldenQuery(one.name(), user, null, ids(hits), scores(hits)));
            }
        }
        return queries;
    }

    private List<String> ids(Hits hits) {
        return Arrays.stream(hits.items()).mapToObj(tables.items()::id).toList();
    }

    private static List<Double> scores(Hits hits) {
        List<Double> scores = new ArrayList<>();
        for (float score : hits.scores()) {
            scores.add((double) score);
        }
        return scores;
    }
}
