package dev.funnel.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.benchmarks.load.Tally.Place;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void endingsAreCountedByKindAndCause() {
        ended(new Ending.Answered(List.of(), "full", StageTimes.NONE, "", 0), 1);
        ended(
                new Ending.Answered(
                        List.of("ranking/late", "ranking/late", "candidates/shed"),
                        "less_effort",
                        StageTimes.NONE,
                        "",
                        0),
                1);
        ended(new Ending.Shed(), 1);
        ended(new Ending.Failed("DEADLINE_EXCEEDED"), 1);
        assertEquals(
                List.of(1L, 1L, 1L, 1L), List.of(tally.complete(), tally.degraded(), tally.shed(), tally.failed()));
        assertEquals(Map.of("ranking/late", 1L, "candidates/shed", 1L), tally.losses());
        assertEquals(Map.of("full", 1L, "less_effort", 1L), tally.rungs());
        assertEquals(Map.of("DEADLINE_EXCEEDED", 1L), tally.failures());
    }

    @Test
    void onlyAnswersHaveATime() {
        for (int millis = 1; millis <= 100; millis++) {
            ended(new Ending.Answered(List.of(), "full", StageTimes.NONE, "", 0), millis);
        }
        ended(new Ending.Shed(), 5_000);
        assertEquals(50, tally.millis(.5), .1);
        assertEquals(99, tally.millis(.99), .1);
        assertEquals(0, new Tally().millis(.99));
    }

    @Test
    void theMarginIsWhatAllButAShareOfTheAnswersHadLeft() {
        for (int millis = 1; millis <= 100; millis++) {
            ended(new Ending.Answered(List.of(), "full", StageTimes.NONE, "", nanos(200 - millis)), millis);
        }
        assertEquals(100, tally.marginMillis(.01), .1);
        assertEquals(149, tally.marginMillis(.5), .1);
        assertEquals(0, new Tally().marginMillis(.01));
    }

    @Test
    void anAnswersTimeIsSharedOutToThePlacesWhereItWasSpent() {
        StageTimes times = new StageTimes(nanos(8), nanos(1), nanos(2), nanos(3), 300);
        ended(new Ending.Answered(List.of(), "", times, "", 0), 10);
        assertEquals(
                Map.of(
                        Place.BEFORE_GATEWAY, .2,
                        Place.GATEWAY_AND_HOPS, .2,
                        Place.CANDIDATES, .1,
                        Place.RANKING, .2,
                        Place.RERANKING, .3),
                tally.shares());
        assertEquals(300, tally.meanPool());
    }

    private void ended(Ending ending, long millis) {
        tally.ended(ending, nanos(millis));
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
