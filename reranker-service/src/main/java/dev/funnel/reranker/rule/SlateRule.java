package dev.funnel.reranker.rule;

/**
 * A slate rule looks at the slate as a whole while it is filled, place by place: a {@link Limit} says which items may stand at
 * the next place, a {@link Selection} which of those is chosen.
 */
public sealed interface SlateRule extends PolicyRule permits SlateRule.Limit, SlateRule.Selection {
    /** Says which items may stand at the next place. A limit that is preferred gives way when no item may. */
    sealed interface Limit extends SlateRule permits MaxPerKey {
        /** True if it gives way when no item may stand at the next place. */
        boolean preferred();

        /** The limit as it applies to one request, with no item placed. */
        Admission begin(Shortlist shortlist);
    }

    /** Chooses the item of the next place. A policy has at most one; without one, the best score is chosen. */
    sealed interface Selection extends SlateRule permits Mmr {
        /** How many items are looked at for each place: the best by score that may stand there. At least 1. */
        int window();

        /** The selection as it applies to one request, with no item placed. */
        Choice begin(Shortlist shortlist);
    }

    /** A limit in one request. It takes ranks of the shortlist. */
    interface Admission {
        /** True if the item may stand at the next place. */
        boolean admits(int rank);

        /** The item now stands at the next place. */
        void placed(int rank);

        /** What the limit says of the item, for people, e.g. "at most 2 of uploader 'u7' within 10 places". */
        String reason(int rank);
    }

    /** A selection in one request. It takes ranks of the shortlist. */
    interface Choice {
        /**
         * The rank chosen for the next place.
         *
         * @param open ranks that may stand there, best score first
         * @param count how many of {@code open} are filled in, at least 1
         */
        int choose(int[] open, int count);

        /** The item now stands at the next place. */
        void placed(int rank);

        /** What speaks against the item beside those placed, for people, e.g. "similarity 0.93 to 'v12' at place 2". */
        String reason(int rank);
    }
}
