package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import dev.funnel.proto.reranker.v1.RerankRequest;
import dev.funnel.runtime.testing.Await;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slate in several pages. */
class PagingTest {
    @TempDir
    Path folder;

    private RunningGateway gateway;

    @BeforeEach
    void start() {
        gateway = RunningGateway.serving(folder, Map.of("PAGE_TOKENS_KEY", "a key for this test"), "");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void all_pages_together_are_the_slate_that_one_long_page_would_be() {
        List<String> whole = RunningGateway.ids(page("", 59));
        List<String> paged = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        String token = "";
        do {
            RecommendResponse page = page(token, 10);
            paged.addAll(RunningGateway.ids(page));
            page.getItemsList().stream().map(RecommendedItem::getPlace).forEach(places::add);
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertEquals(whole, paged);
        assertEquals(59, places.getLast());
    }

    @Test
    void page_two_runs_with_the_seed_and_the_instant_of_page_one() {
        RecommendResponse one = gateway.recommend(RecommendRequest.newBuilder().setPageSize(5));
        RerankRequest first = gateway.stages.reranker.lastRequest();
        gateway.recommend(RecommendRequest.newBuilder().setPageSize(5).setPageToken(one.getNextPageToken()));
        RerankRequest second = gateway.stages.reranker.lastRequest();
        assertEquals(first.getSeed(), second.getSeed());
        assertEquals(
                first.getQuery().getContext().getTime(),
                second.getQuery().getContext().getTime());
        assertEquals(
                new HashSet<>(RunningGateway.ids(one)),
                new HashSet<>(second.getQuery().getExcludeItemIdsList()),
                "what was shown is excluded");
    }

    @Test
    void pages_do_not_repeat_items_though_the_stages_do() {
        gateway.stages.candidates.answers(
                request -> FakeStages.nominating(request, List.of("item-50", "item-51", "item-52", "item-53")));
        RecommendResponse one = page("", 2);
        RecommendResponse two = page(one.getNextPageToken(), 2);
        assertEquals(List.of("item-53", "item-52"), RunningGateway.ids(one));
        assertEquals(List.of("item-51", "item-50"), RunningGateway.ids(two));
    }

    @Test
    void pages_continue_though_stages_fail_between_them() {
        RecommendResponse one = page("", 20);
        gateway.stages.candidates.fails(Status.UNAVAILABLE);
        RecommendResponse two = page(one.getNextPageToken(), 20);
        assertEquals(20, two.getItemsCount());
        List<String> both = new ArrayList<>(RunningGateway.ids(one));
        both.addAll(RunningGateway.ids(two));
        assertEquals(40, new HashSet<>(both).size(), both::toString);
    }

    @Test
    void a_page_stays_on_the_version_of_page_one_while_that_is_held() {
        RecommendResponse one = page("", 5);
        BundleVersion first = new BundleVersion(one.getBundle().getVersion());
        BundleVersion second = RunningGateway.publish(folder, 7);
        gateway.stages.hold(second, first);
        gateway.awaitServing(second);
        RecommendResponse two = page(one.getNextPageToken(), 5);
        assertEquals(first.value(), two.getBundle().getVersion());
        assertEquals(List.of(), two.getDegradationsList());
        assertEquals(6, two.getItems(0).getPlace());
    }

    @Test
    void a_token_whose_version_is_gone_starts_anew_and_says_so() {
        RecommendResponse one = page("", 5);
        BundleVersion second = RunningGateway.publish(folder, 7);
        gateway.stages.hold(second);
        gateway.awaitServing(second);
        BundleVersion third = RunningGateway.publish(folder, 8);
        gateway.stages.hold(third, second);
        gateway.awaitServing(third);
        Await.until("the first version is retired", () -> anew(page(one.getNextPageToken(), 5)));
        RecommendResponse two = page(one.getNextPageToken(), 5);
        assertEquals(third.value(), two.getBundle().getVersion());
        assertEquals(1, two.getItems(0).getPlace());
        assertEquals(
                DegradationKind.DEGRADATION_KIND_VERSION_MISSING,
                two.getDegradations(0).getKind());
        assertEquals("page-token", two.getDegradations(0).getComponent());
    }

    @Test
    void a_token_whose_version_a_stage_no_longer_holds_starts_anew_and_says_so() {
        RecommendResponse one = page("", 5);
        BundleVersion second = RunningGateway.publish(folder, 7);
        gateway.stages.hold(second);
        gateway.awaitServing(second);
        RecommendResponse two = page(one.getNextPageToken(), 5);
        assertEquals(second.value(), two.getBundle().getVersion());
        assertTrue(anew(two), two::toString);
        assertEquals(5, two.getItemsCount());
    }

    @Test
    void a_token_that_was_changed_is_refused() {
        String token = page("", 5).getNextPageToken();
        for (int at : new int[] {0, token.length() / 2, token.length() - 2}) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, at) + other + token.substring(at + 1);
            assertRefused(changed);
        }
        assertRefused("x");
        assertRefused("not a token!");
        assertRefused("A".repeat(1 << 20));
    }

    @Test
    void a_token_of_someone_elses_slate_is_refused() {
        String token = page("", 5).getNextPageToken();
        StatusRuntimeException refusal = assertThrows(
                StatusRuntimeException.class,
                () -> gateway.recommend(RunningGateway.home("user-01").setPageToken(token)));
        assertEquals(Status.Code.INVALID_ARGUMENT, refusal.getStatus().getCode());
    }

    @Test
    void a_user_is_shown_other_pages_than_the_first_from_the_same_slate_whatever_their_size() {
        RecommendResponse one = page("", 3);
        RecommendResponse two = page(one.getNextPageToken(), 30);
        assertEquals(30, two.getItemsCount());
        assertEquals(4, two.getItems(0).getPlace());
        assertNotEquals(one.getNextPageToken(), two.getNextPageToken());
    }

    private static boolean anew(RecommendResponse page) {
        return page.getDegradationsList().stream()
                .anyMatch(loss -> loss.getComponent().equals("page-token")
                        && loss.getServedInstead().equals("page one anew"));
    }

    private void assertRefused(String token) {
        StatusRuntimeException refusal = assertThrows(StatusRuntimeException.class, () -> page(token, 5));
        assertEquals(Status.Code.INVALID_ARGUMENT, refusal.getStatus().getCode());
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("page_token")
                        && String.valueOf(refusal.getMessage()).length() < 500,
                refusal::getMessage);
    }

    private RecommendResponse page(String token, int size) {
        return gateway.recommend(
                RunningGateway.home(SmallBundle.user(0)).setPageToken(token).setPageSize(size));
    }
}
