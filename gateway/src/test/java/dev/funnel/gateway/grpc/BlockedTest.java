package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.Rung;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every user has blocked uploader 2, whose items are those with i % 7 == 2, and topic 3, whose are those with i % 5 == 3. Candidate
 * generation nominates them all the same, so that the door alone keeps them in.
 */
class BlockedTest {
    private static final int PAGE = 30;

    /** Known by the bundle of both versions; blocks nothing in the first. */
    private static final String REGULAR = SmallBundle.user(0);

    @TempDir
    static Path folder;

    private static RunningGateway gateway;

    /** A slate is remembered of the time before the user blocked anything. */
    @BeforeAll
    static void start() {
        gateway = RunningGateway.serving(folder);
        gateway.stages.candidates.answers(request -> FakeStages.nominating(request, everything()));
        List<String> before = RunningGateway.ids(
                gateway.recommend(RunningGateway.home(REGULAR).setPageSize(PAGE)));
        assertTrue(before.stream().anyMatch(BlockedTest::blocked), before::toString);
        BundleVersion blocking = RunningGateway.publish(folder, SmallBundle.SEED, BlockedTest::block);
        gateway.stages.hold(blocking);
        gateway.stages.honest();
        gateway.awaitServing(blocking);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static void block(BundleStore.Draft draft) throws IOException {
        String[] ids = IntStream.range(0, SmallBundle.USERS)
                .mapToObj(SmallBundle::user)
                .toArray(String[]::new);
        Path users = draft.file("users.safetensors");
        Files.delete(users);
        new TableWriter(users, ids)
                .categoryList("blocked_uploaders", Collections.nCopies(ids.length, List.of("uploader-2")))
                .categoryList("blocked_categories", Collections.nCopies(ids.length, List.of("topic-3")))
                .write();
    }

    private static List<String> everything() {
        return IntStream.range(0, SmallBundle.ITEMS).mapToObj(SmallBundle::item).toList();
    }

    private static boolean blocked(String itemId) {
        int item = FakeStages.number(itemId);
        return item % 7 == 2 || item % 5 == 3;
    }

    private static void assertNothingBlocked(Rung rung, String user) {
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home(user).setPageSize(PAGE).setExplain(true));
        List<String> ids = RunningGateway.ids(slate);
        assertEquals(rung, slate.getRung(), slate::toString);
        assertEquals(PAGE, ids.size(), "the door fills up with what may leave");
        assertFalse(ids.stream().anyMatch(BlockedTest::blocked), rung + ": " + ids);
    }

    /** The last good slate first, since any better one is remembered in its place. */
    @Test
    void nothing_that_the_user_blocked_leaves_on_any_rung() {
        gateway.stages.candidates.fails(Status.UNAVAILABLE);
        assertNothingBlocked(Rung.RUNG_LAST_GOOD, REGULAR);
        assertNothingBlocked(Rung.RUNG_POPULAR, SmallBundle.user(5));
        gateway.stages.candidates.answers(request -> FakeStages.nominating(request, everything()));
        assertNothingBlocked(Rung.RUNG_FULL, SmallBundle.user(6));
        gateway.stages.reranker.fails(Status.UNAVAILABLE);
        assertNothingBlocked(Rung.RUNG_NO_RERANKING, SmallBundle.user(6));
        gateway.stages.ranking.fails(Status.UNAVAILABLE);
        assertNothingBlocked(Rung.RUNG_NO_RANKING, SmallBundle.user(6));
        gateway.stages.honest();
        gateway.stages.candidates.answers(request -> FakeStages.nominating(request, everything()).toBuilder()
                .addDegradations(Degradation.newBuilder()
                        .setStage(Stage.STAGE_CANDIDATES)
                        .setKind(DegradationKind.DEGRADATION_KIND_LATE)
                        .setComponent("covisit"))
                .build());
        assertNothingBlocked(Rung.RUNG_LESS_EFFORT, SmallBundle.user(6));
    }
}
