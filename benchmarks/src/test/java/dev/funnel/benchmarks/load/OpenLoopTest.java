package dev.funnel.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    private static final Ending ANSWER = new Ending.Answered(List.of(), "", StageTimes.NONE, "", 0);
    private static final Load LOAD = new Load(Arrivals.CONSTANT, 1_000, Duration.ofMillis(200), 1);

    @Test
    void everyRequestIsSentOnceAndCounted() throws InterruptedException {
        List<Long> numbers = new ArrayList<>();
        Tally tally = new Tally();
        Lag lag = new OpenLoop((number, ended) -> {
                    numbers.add(number);
                    ended.accept(ANSWER);
                })
                .drive(LOAD, () -> tally, Progress.SILENT, "");
        assertEquals(200, tally.complete());
        assertEquals(200, lag.sent());
        assertEquals(199, numbers.getLast());
    }

    @Test
    void aTargetThatStandsStillIsChargedWithEveryRequestThatWasDueMeanwhile() throws InterruptedException {
        Tally tally = new Tally();
        long still = TimeUnit.MILLISECONDS.toNanos(100);
        Lag lag = new OpenLoop((number, ended) -> {
                    standStill(number == 0 ? still : 0);
                    ended.accept(ANSWER);
                })
                .drive(LOAD, () -> tally, Progress.SILENT, "");
        assertTrue(tally.millis(.75) > 40, "a quarter of the requests was due within the first 60 ms of those 100");
        assertTrue(lag.tooMuch(), "and the driver says that it was late");
    }

    @Test
    void aRunEndsOnlyWhenItsLastRequestHas() throws InterruptedException {
        List<Consumer<Ending>> open = new ArrayList<>();
        Tally tally = new Tally();
        Target last = (number, ended) -> {
            open.add(ended);
            if (number == 199) {
                Thread.ofPlatform().start(() -> open.forEach(each -> each.accept(new Ending.Shed())));
            }
        };
        new OpenLoop(last).drive(LOAD, () -> tally, Progress.SILENT, "");
        assertEquals(200, tally.shed());
    }

    private static void standStill(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
