package dev.funnel.candidate.snapshot;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.GoldenQuery;
import dev.funnel.bundle.ItemTest;
import dev.funnel.candidate.generate.Circumstances;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.Person;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.generate.Search;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;

/**
 * Asks generators the questions whose answers the trainer knew. Scores may differ by rounding, {@value #TOLERANCE} of their size; an
 * exact generator must also find nothing better than the trainer found, where it searches all items.
 */
final class GoldenQueries {
    private static final double TOLERANCE = 1e-3;

    private GoldenQueries() {}

    /** @throws BundleRefusedException naming the query and what was answered, if an answer differs */
    static void check(Bundle bundle, CandidateSnapshot snapshot) throws BundleRefusedException {
        for (GoldenQuery query : bundle.manifest().goldenQueries()) {
            Generator generator = snapshot.generator(query.component()).orElse(null);
            if (generator != null) {
                check(bundle, generator, query, snapshot.shards().whole());
            }
        }
    }

    private static void check(Bundle bundle, Generator generator, GoldenQuery query, boolean whole)
            throws BundleRefusedException {
        Search search = generator
                .search(question(bundle, query))
                .orElseThrow(() -> refusal(generator, query, "it has nothing to go on"));
        for (int i = 0; i < query.itemIds().size(); i++) {
            int item = bundle.items().indexOf(query.itemIds().get(i));
            require(generator, query, i, item < 0 ? Float.NaN : search.score(item));
        }
        if (search.exact() && !query.itemIds().isEmpty() && whole) {
            Hits best = search.best(query.itemIds().size(), ItemTest.ALL, SearchLimit.none());
            for (int i = 0; i < best.size(); i++) {
                require(generator, query, i, best.scores()[i]);
            }
        }
    }

    private static void require(Generator generator, GoldenQuery query, int place, float score)
            throws BundleRefusedException {
        double expected = query.scores().get(place);
        if (!(Math.abs(score - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
            throw refusal(
                    generator,
                    query,
                    "at place " + place + ", item " + query.itemIds().get(place) + ", the score is " + score
                            + ", expected is " + expected);
        }
    }

    private static BundleRefusedException refusal(Generator generator, GoldenQuery query, String what) {
        return new BundleRefusedException(
                generator.entry().file(),
                "golden query of user " + query.userId() + ", seed item " + query.seedItemId() + ": " + what);
    }

    private static Question question(Bundle bundle, GoldenQuery query) {
        String user = query.userId();
        String seed = query.seedItemId();
        int row = user == null ? -1 : bundle.users().indexOf(user);
        return new Question(
                row,
                row < 0 ? Question.NOTHING.history() : bundle.users().history(row),
                0,
                seed == null ? -1 : bundle.items().indexOf(seed),
                Circumstances.UNKNOWN,
                Person.known(bundle.users(), row));
    }
}
