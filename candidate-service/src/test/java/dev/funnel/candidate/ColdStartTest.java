package dev.funnel.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.generate.ColdBundle;
import dev.funnel.proto.candidate.v1.GeneratorRequest;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.FeatureValue;
import dev.funnel.proto.common.v1.ItemOrigin;
import dev.funnel.proto.common.v1.Nomination;
import dev.funnel.proto.common.v1.QueryOrigin;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over the wire: every cold start is to be seen in the candidates' provenance. */
class ColdStartTest {
    @TempDir
    static Path root;

    private static CandidateProcess service;

    @BeforeAll
    static void start() throws Exception {
        ColdBundle.publish(root);
        service = CandidateProcess.over(root);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static RetrieveResponse retrieve(RetrieveRequest.Builder request, String generator, int limit) {
        return service.stub()
                .retrieve(request.addGenerators(
                                GeneratorRequest.newBuilder().setName(generator).setLimit(limit))
                        .build());
    }

    private static Nomination nomination(RetrieveResponse response) {
        assertEquals(1, response.getCandidates().getNominationsCount(), response::toString);
        return response.getCandidates().getNominations(0);
    }

    private static RetrieveRequest.Builder german() {
        RetrieveRequest.Builder request = Requests.visitor();
        request.getUserBuilder()
                .putAllProfile(Map.of(
                        "country", text("DE"),
                        "language", text("de")));
        return request;
    }

    private static long durationSeconds(int item) throws Exception {
        try (Bundle bundle = Bundle.open(
                SmallBundle.store(root).path(SmallBundle.store(root).newest().orElseThrow()))) {
            NumberColumn durations = Objects.requireNonNull(bundle.items().number("duration_seconds"));
            return (long) durations.value(item);
        }
    }

    private static FeatureValue text(String value) {
        return FeatureValue.newBuilder().setText(value).build();
    }

    @Test
    void a_user_with_a_history_but_no_row_is_folded_in() {
        RetrieveResponse response = retrieve(Requests.stranger("item-11", "item-16"), "als", 5);
        assertEquals(QueryOrigin.QUERY_ORIGIN_FOLD_IN, nomination(response).getOrigin());
    }

    @Test
    void a_user_with_a_profile_and_nothing_else_is_the_average_of_those_like_them() {
        RetrieveResponse response = retrieve(german(), "als", 60);
        assertEquals(
                QueryOrigin.QUERY_ORIGIN_PROFILE_AVERAGE, nomination(response).getOrigin());
    }

    @Test
    void a_user_with_nothing_at_all_leaves_the_vectors_nothing_to_go_on_and_gets_what_is_popular() {
        RetrieveResponse response = retrieve(
                Requests.visitor().addGenerators(GeneratorRequest.newBuilder().setName("als")), "popular", 5);
        assertEquals("popular", nomination(response).getGenerator());
        assertEquals(QueryOrigin.QUERY_ORIGIN_UNSPECIFIED, nomination(response).getOrigin());
    }

    @Test
    void items_that_nobody_met_say_what_placed_them() {
        Nomination all = nomination(retrieve(german(), "als", 60));
        Set<ItemOrigin> origins = new TreeSet<>(all.getItemOriginsList());
        assertEquals(
                Set.of(
                        ItemOrigin.ITEM_ORIGIN_UNSPECIFIED,
                        ItemOrigin.ITEM_ORIGIN_UPLOADER_AVERAGE,
                        ItemOrigin.ITEM_ORIGIN_CATEGORY_AVERAGE),
                origins);
        assertEquals(all.getPositionsCount(), all.getItemOriginsCount());
        Nomination content = nomination(retrieve(german(), "content", 5));
        assertEquals(QueryOrigin.QUERY_ORIGIN_CONTENT, content.getOrigin());
        assertEquals(Set.of(ItemOrigin.ITEM_ORIGIN_CONTENT), Set.copyOf(content.getItemOriginsList()));
    }

    @Test
    void a_request_from_a_country_gets_its_list() {
        assertEquals(
                QueryOrigin.QUERY_ORIGIN_PLACE,
                nomination(retrieve(german(), "near", 2)).getOrigin());
    }

    @Test
    void uploaders_that_are_followed_nominate() {
        RetrieveRequest.Builder request = german();
        request.getUserBuilder().addFollowedUploaders("uploader-3");
        RetrieveResponse response = retrieve(request, "followed", 4);
        assertEquals(QueryOrigin.QUERY_ORIGIN_FOLLOWED, nomination(response).getOrigin());
        assertEquals("item-59", response.getCandidates().getItemIds(0));
    }

    @Test
    void what_was_begun_comes_back_and_is_kept_from_the_others() throws Exception {
        RetrieveRequest.Builder request = Requests.stranger("item-11");
        request.getUserBuilder()
                .getRecentBuilder()
                .addTimesMs(SmallBundle.NOW.toEpochMilli() - 60_000)
                .addWatchedMs(400 * durationSeconds(11))
                .addKindsValue(1);
        RetrieveResponse again = retrieve(request.clone(), "continue", 5);
        assertEquals("item-11", again.getCandidates().getItemIds(0));
        RetrieveResponse others = retrieve(request.clone(), "als", 60);
        assertTrue(!others.getCandidates().getItemIdsList().contains("item-11"));
    }
}
