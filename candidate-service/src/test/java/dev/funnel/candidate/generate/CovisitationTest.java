package dev.funnel.candidate.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.History;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.runtime.wire.QueryOrigin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CovisitationTest {
    private abstract static class Covisit extends GeneratorContractTest {
        @Override
        String name() {
            return "covisit";
        }

        @Override
        GeneratorKind kind() {
            return new CovisitationKind();
        }
    }

    @Nested
    class FromRecentItems extends Covisit {
        @Override
        Question question(Bundle bundle) {
            return new Question(4, bundle.users().history(4), 0, -1);
        }

        @Test
        void an_item_is_scored_by_the_sum_over_the_history() {
            History history = bundle().users().history(4);
            float sum = 0;
            for (int item : history.items()) {
                History one =
                        new History(new int[] {item}, new long[1], new byte[] {1}, new long[] {-1}, new float[] {1});
                sum += search(new Question(-1, one, 0, -1)).score(9);
            }
            assertEquals(sum, search().score(9), 1e-5f);
            assertEquals(QueryOrigin.RECENT_ITEMS, search().origin());
        }
    }

    @Nested
    class FromRecentItemsOfWhichTheLaterCountMore extends Covisit {
        @Override
        BundleVersion publish(Path root) throws Exception {
            try (BundleStore.Draft draft = SmallBundle.store(root).draft()) {
                Manifest.Draft contents = SmallBundle.fill(draft, SmallBundle.SEED);
                String file = "generators/" + name() + ".safetensors";
                GeneratorEntry entry = new GeneratorEntry(
                        name(), "covisitation", file, null, 0, 20, new Calibration(0, 0), null, Map.of("decay", .5));
                return draft.publish(new Manifest.Draft(
                        contents.trainedUntil(), 0, List.of(entry), null, List.of(), contents.metrics()));
            }
        }

        @Override
        Question question(Bundle bundle) {
            return new Question(4, bundle.users().history(4), 0, -1);
        }

        @Test
        void an_item_is_scored_by_a_sum_in_which_each_counts_half_of_the_one_that_followed() {
            float sum = 0;
            float counts = 1;
            for (int item : bundle().users().history(4).items()) {
                sum += counts * search(new Question(-1, History.EMPTY, 0, item)).score(9);
                counts /= 2;
            }
            assertTrue(sum > 0);
            assertEquals(sum, search().score(9), 1e-5f);
        }
    }

    @Nested
    class FromASeedItem extends Covisit {
        @Override
        Question question(Bundle bundle) {
            return new Question(-1, History.EMPTY, 0, 8);
        }

        @Test
        void the_seed_is_where_it_starts() {
            assertEquals(QueryOrigin.SEED_ITEM, search().origin());
        }
    }

    @Nested
    class FromBoth extends Covisit {
        @Override
        Question question(Bundle bundle) {
            return new Question(4, bundle.users().history(4), 0, 8);
        }

        /** With both, halves of two lists: fewer are not the beginning of more. */
        @Override
        void fewer_are_the_beginning_of_more() {}

        @Test
        void the_seed_counts_as_one_more_interaction() {
            float history =
                    search(new Question(4, bundle().users().history(4), 0, -1)).score(13);
            float seed = search(new Question(-1, History.EMPTY, 0, 8)).score(13);
            assertEquals(history + seed, search().score(13), 1e-5f);
            assertTrue(search().note().contains("half of it related to the seed item"), search().note());
        }
    }
}
