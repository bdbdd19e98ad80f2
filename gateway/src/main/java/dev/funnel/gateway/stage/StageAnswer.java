package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.StageReport;
import java.util.List;

/** What a stage gave: checked where it entered, so that nothing in it is out of bounds, repeated or not finite. */
public sealed interface StageAnswer permits Retrieved, Ranks, Reranked {
    /** What the stage says it lost. */
    List<Degradation> degradations();

    /** Counts and time. */
    StageReport report();

    /** What it says of the items that were to be traced. */
    List<ItemTrace> traces();
}
