package dev.funnel.runtime.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.GoldenQuery;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.runtime.wire.FeatureValue;
import dev.funnel.runtime.wire.Nomination;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRequestTest {
    @TempDir
    private Path root;

    private static GoldenQuery golden(String component, @Nullable String user, @Nullable String seed, int... items) {
        List<String> ids = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (int item : items) {
            ids.add(SmallBundle.item(item));
            scores.add(0.5);
        }
        return new GoldenQuery(component, user, seed, ids, scores);
    }

    private List<RecordedRequest> requests(GoldenQuery... golden) throws Exception {
        BundleVersion version;
        try (BundleStore.Draft draft = SmallBundle.store(root).draft()) {
            version = draft.publish(SmallBundle.fill(draft, SmallBundle.SEED).withGoldenQueries(List.of(golden)));
        }
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, version))) {
            return RecordedRequest.of(bundle);
        }
    }

    @Test
    void a_golden_query_is_asked_by_its_user_where_the_user_is_at_the_data_cut() throws Exception {
        RecordedRequest request =
                requests(golden("als", SmallBundle.user(3), null, 7, 8)).getFirst();
        assertTrue(request.user().known());
        assertEquals(SmallBundle.user(3), request.user().userId());
        assertTrue(request.user().recent().size() >= 4, "a history");
        assertTrue(request.user().profile().get("age") instanceof FeatureValue.Number);
        assertEquals("CH", request.query().context().country());
        assertEquals(SmallBundle.NOW, request.query().context().time());
    }

    @Test
    void the_pool_is_what_the_generators_nominated_and_then_the_rest_of_the_catalogue() throws Exception {
        RecordedRequest request = requests(
                        golden("als", SmallBundle.user(3), null, 7, 8),
                        golden("covisit", SmallBundle.user(3), null, 8, 41))
                .getFirst();
        assertEquals(SmallBundle.ITEMS, request.candidates().size());
        assertEquals(
                List.of("item-07", "item-08", "item-41"),
                request.candidates().itemIds().subList(0, 3));
        assertEquals(
                SmallBundle.ITEMS,
                request.candidates().itemIds().stream().distinct().count());
        Nomination covisit = request.candidates().nominations().get(1);
        assertEquals("covisit", covisit.generator());
        assertArrayEquals(new int[] {1, 2}, covisit.positions());
    }

    @Test
    void a_user_is_asked_for_once_a_seed_item_is_one_more_and_a_new_visitor_is_the_last() throws Exception {
        List<RecordedRequest> requests = requests(
                golden("als", SmallBundle.user(3), null, 7),
                golden("covisit", null, SmallBundle.item(9), 8),
                golden("als", SmallBundle.user(4), null, 7),
                golden("covisit", SmallBundle.user(3), null, 8));
        assertEquals(
                List.of("user-03", "", "user-04", ""),
                requests.stream().map(request -> request.user().userId()).toList());
        assertEquals("item-09", requests.get(1).query().seedItemId());
        assertFalse(requests.getLast().query().hasSeed());
    }

    @Test
    void a_bundle_without_golden_queries_is_warmed_for_a_new_visitor() throws Exception {
        RecordedRequest only = requests().getFirst();
        assertFalse(only.user().known());
        assertEquals(SmallBundle.ITEMS, only.candidates().size());
    }

    @Test
    void a_bundle_that_does_not_say_its_data_cut_is_warmed_as_of_its_publication() throws Exception {
        BundleVersion version;
        try (BundleStore.Draft draft = SmallBundle.store(root).draft()) {
            Manifest.Draft contents = SmallBundle.fill(draft, SmallBundle.SEED);
            version = draft.publish(
                    new Manifest.Draft(null, 0, contents.generators(), null, List.of(), contents.metrics()));
        }
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, version))) {
            assertEquals(
                    version.published(),
                    RecordedRequest.of(bundle).getFirst().query().context().time());
        }
    }

    @Test
    void a_replay_asks_each_in_turn_and_ends_after_a_number_of_them() throws Exception {
        List<RecordedRequest> requests = requests(golden("als", SmallBundle.user(3), null, 7));
        List<RecordedRequest> asked = new ArrayList<>();
        RecordedRequest.replay(requests, asked::add, () -> 0);
        assertEquals(20, asked.size());
        assertEquals(requests, asked.subList(2, 4));
    }

    @Test
    void a_replay_that_takes_too_long_leaves_the_rest_out_but_not_the_first() throws Exception {
        long[] now = {-1};
        List<RecordedRequest> asked = new ArrayList<>();
        RecordedRequest.replay(
                requests(),
                request -> {
                    asked.add(request);
                    now[0] += Duration.ofSeconds(2).toNanos();
                },
                () -> now[0]);
        assertEquals(2, asked.size());
    }
}
