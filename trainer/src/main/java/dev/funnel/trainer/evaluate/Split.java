package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.read.InputTable;
import java.util.Map;

/** Data in two parts: one to fit on, and one that is held out, with the protocol by which it is measured. */
public sealed interface Split permits NcfSplit, FullSplit {

    /** What there is to fit on: users x items. */
    SparseRows train();

    /** Ids and side features of the rows of {@link #train}. */
    InputTable users();

    /** Ids and side features of its columns. */
    InputTable items();

    /** The protocol's name. */
    Protocol protocol();

    /** Measures a fitted system on the held-out part: metrics by name, in the order in which they are shown, not rounded. */
    Map<String, Double> measure(Scorer scorer, int threads, Progress progress);

    /** What a reader of the metrics has to know of the data and of how they are counted, by name. */
    Map<String, String> notes();
}
