package dev.funnel.gateway.ladder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.gateway.stage.Ranks;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.Nomination;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.StageReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankedPoolTest {
    @Test
    void the_order_is_by_score_and_then_by_item_id_wherever_an_item_came() {
        RankedPool ranked = ranked(List.of("d", "b", "c", "a"), new float[] {1, 2, 2, -1});
        assertArrayEquals(new int[] {1, 2, 0, 3}, ranked.order());
        assertEquals(3, ranked.place(0));
    }

    @Test
    void zero_and_minus_zero_are_equal_scores() {
        assertArrayEquals(
                new int[] {1, 0},
                ranked(List.of("b", "a"), new float[] {0f, -0f}).order());
        assertArrayEquals(
                new int[] {1, 0},
                ranked(List.of("b", "a"), new float[] {-0f, 0f}).order());
    }

    @Test
    void without_ranker_and_calibration_an_item_high_with_two_generators_beats_one_high_with_one() {
        Candidates pool = new Candidates(
                List.of("a", "b", "c"), List.of(nomination("als", 0, 1), nomination("covisit", 2, 1)), new float[0]);
        RankedPool ranked = RankedPool.of(StageOutcome.answered(retrieved(pool)), new StageOutcome.Skipped<>());
        assertEquals(RankedPool.Basis.RECIPROCAL_RANKS, ranked.basis());
        assertArrayEquals(new int[] {1, 0, 2}, ranked.order());
        assertEquals(2 / 62f, ranked.scores()[1], 1e-6);
    }

    @Test
    void without_candidates_there_is_nothing() {
        RankedPool ranked = RankedPool.of(StageOutcome.failed("down"), new StageOutcome.Skipped<>());
        assertEquals(0, ranked.size());
        assertEquals(0, ranked.order().length);
    }

    private static RankedPool ranked(List<String> items, float[] scores) {
        Candidates pool = new Candidates(items, List.of(), new float[0]);
        Ranks ranks = new Ranks(scores, "", List.of(), List.of(), report(Stage.RANKING), List.of());
        return RankedPool.of(StageOutcome.answered(retrieved(pool)), StageOutcome.answered(ranks));
    }

    private static Retrieved retrieved(Candidates pool) {
        return new Retrieved(pool, List.of(), report(Stage.CANDIDATES), List.of());
    }

    private static Nomination nomination(String generator, int... positions) {
        return new Nomination(generator, positions, new float[positions.length], new float[0], new float[0]);
    }

    private static StageReport report(Stage stage) {
        return new StageReport(stage, 0, 0, Duration.ZERO, List.of());
    }
}
