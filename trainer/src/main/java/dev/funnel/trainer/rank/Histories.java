package dev.funnel.trainer.rank;

import dev.funnel.bundle.History;

/** What users had done at an instant. Safe for several threads. */
@FunctionalInterface
public interface Histories {
    /** What the user had done before {@code timeMs}, at most the newest {@code most}, newest first; without times: all of it. */
    History before(int user, long timeMs, int most);
}
