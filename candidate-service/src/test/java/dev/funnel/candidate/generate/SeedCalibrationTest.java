package dev.funnel.candidate.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.wire.QueryOrigin;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scores stand for where a seed item is asked about, with and without a user. */
class SeedCalibrationTest {
    private static final Calibration OF_SEEDS = new Calibration(9, -4);
    private static final int SEED = 8;

    @TempDir
    private Path root;

    private Bundle bundle;
    private GeneratorEntry entry;
    private Generator generator;

    @BeforeEach
    void load() throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, ColdBundle.publish(root)));
        entry = Objects.requireNonNull(bundle.manifest().generator("als")).withSeedCalibration(OF_SEEDS);
        generator = new FactorizationKind()
                .load(
                        bundle,
                        entry,
                        GeneratorSettings.usual("als", "factorization"),
                        Serving.of(ServedShards.all(bundle.shards())));
    }

    @AfterEach
    void close() {
        generator.close();
        bundle.close();
    }

    private Search search(int seed, boolean withUser) {
        History history = withUser ? bundle.users().history(3) : History.EMPTY;
        return generator.search(new Question(-1, history, 0, seed)).orElseThrow();
    }

    @Test
    void a_search_for_a_seed_is_calibrated_as_one_also_if_it_was_stored() {
        Search searched = search(SEED, false);
        assertEquals(OF_SEEDS.probability(.3f), searched.probability(entry, 1, .3f));
        Search stored = search(ColdBundle.SEED, false);
        stored.best(ColdBundle.STORED, ItemTest.ALL, SearchLimit.none());
        assertEquals(QueryOrigin.STORED_ANSWER, stored.origin());
        assertEquals(OF_SEEDS.probability(.3f), stored.probability(entry, 1, .3f));
        assertEquals(entry.calibration().probability(.3f), search(-1, true).probability(entry, 1, .3f));
    }

    @Test
    void of_a_user_and_a_seed_each_half_is_worth_what_its_own_score_stands_for() {
        Search both = search(SEED, true);
        Search user = search(-1, true);
        Search seed = search(SEED, false);
        Hits hits = both.best(20, ItemTest.ALL, SearchLimit.none());
        int bySeed = 0;
        for (int i = 0; i < hits.size(); i++) {
            int item = hits.items()[i];
            float byUser = entry.calibration().probability(user.score(item));
            float bySeedItem = OF_SEEDS.probability(seed.score(item));
            assertEquals(Math.max(byUser, bySeedItem), both.probability(entry, item, hits.scores()[i]));
            bySeed += bySeedItem > byUser ? 1 : 0;
        }
        int half = bySeed;
        assertTrue(half > 0 && half < hits.size(), () -> half + " of " + hits.size());
    }
}
