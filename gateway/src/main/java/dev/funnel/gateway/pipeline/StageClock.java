package dev.funnel.gateway.pipeline;

import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Gives each stage of one request its slice of the time, and notes how long it took. A stage with no time left is not asked. */
final class StageClock {
    private final Budget budget;
    private final List<StageTime> times = new ArrayList<>();

    StageClock(Budget budget) {
        this.budget = budget;
    }

    /** Asks a stage, if there is time. */
    <A extends StageAnswer> StageOutcome<A> ask(Stage stage, Function<Deadline, StageOutcome<A>> call) {
        if (budget.spent()) {
            return StageOutcome.late("no time was left to ask");
        }
        Deadline until = budget.slice(stage);
        long begun = Ticker.SYSTEM.nanos();
        long slice = until.nanos() - begun;
        StageOutcome<A> outcome = call.apply(until);
        times.add(new StageTime(stage, Ticker.SYSTEM.nanos() - begun, slice, ending(outcome)));
        return outcome;
    }

    /** Of the stages asked so far, in that order. */
    List<StageTime> times() {
        return List.copyOf(times);
    }

    private static StageTime.Ending ending(StageOutcome<?> outcome) {
        if (!(outcome instanceof StageOutcome.Absent<?>(DegradationKind kind, String cause))) {
            return StageTime.Ending.ANSWERED;
        } else if (kind == DegradationKind.LATE) {
            return StageTime.Ending.LATE;
        }
        return kind == DegradationKind.SHED ? StageTime.Ending.SHED : StageTime.Ending.FAILED;
    }
}
