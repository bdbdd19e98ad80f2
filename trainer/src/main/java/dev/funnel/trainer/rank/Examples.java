package dev.funnel.trainer.rank;

import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Arrays;

/** What a ranker learns from. */
public sealed interface Examples {
    /** The last instant that an example is of, in milliseconds since 1970; 0 without times. */
    long lastMs();

    /**
     * Every impression of a time is an example: a positive by its watch time, and a negative.
     *
     * @param log all impressions; those before {@code fromMs} are only counted, into statistics of items
     * @param liked of each impression whether it was clicked and then liked; empty if the log does not tell
     * @param fromMs the first instant whose impressions are examples
     * @param untilMs the first instant whose impressions are examples no longer
     */
    record Impressions(ImpressionLog log, boolean[] liked, long fromMs, long untilMs) implements Examples {
        @Override
        public long lastMs() {
            return Arrays.stream(log.timesMs())
                    .filter(time -> time < untilMs)
                    .max()
                    .orElse(0);
        }
    }

    /**
     * Held-out interactions are positives by their watch time, or by their weight where that is unknown; negatives are drawn
     * from the catalogue and from the users' pools.
     *
     * @param positives held out: neither histories nor generators know them
     */
    record Positives(InteractionLog positives) implements Examples {
        @Override
        public long lastMs() {
            return Arrays.stream(positives.timesMs()).max().orElse(0);
        }
    }
}
