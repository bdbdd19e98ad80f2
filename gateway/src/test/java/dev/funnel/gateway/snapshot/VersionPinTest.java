package dev.funnel.gateway.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.runtime.bundle.ReplicaStatus;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.wire.Stage;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionPinTest {
    private static final BundleVersion V1 = new BundleVersion("20260101000000000-000000000001");
    private static final BundleVersion V2 = new BundleVersion("20260102000000000-000000000002");

    /** What the gateway holds, and what each stage says; a stage that is not in the map does not answer. */
    private List<BundleVersion> own = List.of(V2, V1);

    private final Map<Stage, Collection<BundleVersion>> say = new HashMap<>(Map.of(
            Stage.CANDIDATES, List.of(V1, V2),
            Stage.RANKING, List.of(V1, V2),
            Stage.RERANKING, List.of(V1, V2)));

    /** What further replicas of the ranking stage answer, by address. */
    private final Map<String, ReplicaAnswer> further = new HashMap<>();

    private final VersionPin pin = new VersionPin(
            () -> own,
            Map.of(
                    Stage.CANDIDATES, List.of(() -> said(Stage.CANDIDATES)),
                    Stage.RANKING, List.of(this::ranking),
                    Stage.RERANKING, List.of(() -> said(Stage.RERANKING))),
            Metrics.off());

    @AfterEach
    void close() {
        pin.close();
    }

    @Test
    void nothing_is_pinned_before_the_gateway_holds_a_version() {
        own = List.of();
        pin.askNow();
        assertEquals(Optional.empty(), pin.pinned());
    }

    @Test
    void the_newest_version_that_all_hold_is_pinned() {
        pin.askNow();
        assertPinned(V2);
        say.put(Stage.RERANKING, List.of(V1));
        pin.askNow();
        assertPinned(V1);
    }

    @Test
    void a_stage_that_never_answered_stops_nobody() {
        say.clear();
        pin.askNow();
        assertPinned(V2);
    }

    @Test
    void a_stage_that_went_down_is_taken_to_hold_what_it_last_said() {
        say.put(Stage.RANKING, List.of(V1));
        pin.askNow();
        say.remove(Stage.RANKING);
        pin.askNow();
        assertPinned(V1);
    }

    @Test
    void the_gateways_current_version_comes_first_even_if_it_is_the_older() {
        own = List.of(V1, V2);
        pin.askNow();
        assertPinned(V1);
    }

    @Test
    void a_version_that_a_stage_refused_is_not_pinned_until_the_stage_says_again_that_it_holds_it() {
        pin.askNow();
        pin.refused(Stage.CANDIDATES, V2);
        assertPinned(V1);
        pin.askNow();
        assertPinned(V2);
    }

    @Test
    void a_refusal_counts_even_if_the_stage_never_said_what_it_holds() {
        pin.refused(Stage.RERANKING, V2);
        assertPinned(V1);
    }

    @Test
    void without_a_version_that_all_hold_candidates_weigh_most() {
        say.put(Stage.CANDIDATES, List.of(V1));
        say.put(Stage.RANKING, List.of(V2));
        say.put(Stage.RERANKING, List.of(V2));
        pin.askNow();
        assertPinned(V1);
    }

    @Test
    void a_version_waits_for_every_replica_and_the_one_it_waits_for_is_named() {
        further.put("b:1", ReplicaAnswer.serving(Set.of(V1)));
        pin.askNow();
        assertPinned(V1);
        assertEquals(
                List.of("b:1"),
                pin.rollOut().holdingBack().stream().map(ReplicaStatus::address).toList());
        further.put("b:1", ReplicaAnswer.serving(Set.of(V1, V2)));
        pin.askNow();
        assertPinned(V2);
        assertEquals(List.of(), pin.rollOut().holdingBack());
    }

    @Test
    void a_replica_that_does_not_serve_holds_nothing_back_and_one_that_appears_later_does() {
        further.put("b:1", ReplicaAnswer.notServing("starting"));
        pin.askNow();
        assertPinned(V2);
        further.put("c:1", ReplicaAnswer.serving(Set.of(V1)));
        pin.askNow();
        assertPinned(V1);
        further.remove("c:1");
        pin.askNow();
        assertPinned(V2);
    }

    @Test
    void a_replica_that_stays_silent_is_given_up() {
        further.put("b:1", ReplicaAnswer.serving(Set.of(V1)));
        pin.askNow();
        further.put("b:1", ReplicaAnswer.silent("DEADLINE_EXCEEDED"));
        for (int i = 0; i < 9; i++) {
            pin.askNow();
            assertPinned(V1);
        }
        pin.askNow();
        assertPinned(V2);
    }

    private void assertPinned(BundleVersion version) {
        assertEquals(Optional.of(version), pin.pinned());
    }

    private Map<String, ReplicaAnswer> ranking() {
        Map<String, ReplicaAnswer> answers = new HashMap<>(further);
        answers.putAll(said(Stage.RANKING));
        return answers;
    }

    private Map<String, ReplicaAnswer> said(Stage stage) {
        Collection<BundleVersion> versions = say.get(stage);
        return Map.of(
                "a:1", versions == null ? ReplicaAnswer.silent("down") : ReplicaAnswer.serving(Set.copyOf(versions)));
    }
}
