package dev.funnel.reranker.rule;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A slate rule looks at the slate as a whole while it is filled, place by place: a {@link Limit} says which items may stand at
 * the next place, a {@link Draw} takes the place for an item drawn at random, a {@link Selection} says which of the items is
 * chosen otherwise.
 */
public sealed interface SlateRule extends PolicyRule permits SlateRule.Limit, SlateRule.Draw, SlateRule.Selection {
    /** Says which items may stand at the next place. A limit that is preferred gives way when no item may. */
    sealed interface Limit extends SlateRule permits Fairness, MaxPerKey, MinKeys, Pacing, Pin, Promotion, Quota {
        /** True if it gives way when no item may stand at the next place. */
        boolean preferred();

        /** The limit as it applies to one request, with no item placed. */
        Admission begin(Shortlist shortlist);
    }

    /** Now and then takes a place for an item drawn at random, with a probability that it tells. */
    sealed interface Draw extends SlateRule permits ExplorationSlots {
        /** How many items are looked at for a place: the best by score that may stand there. At least 1. */
        int window();

        /** The draw as it applies to one request, with no item placed. */
        Lot begin(Shortlist shortlist);
    }

    /** Chooses the item of the next place. A policy has at most one; without one, the best score is chosen. */
    sealed interface Selection extends SlateRule permits Dpp, Interleave, Mmr {
        /** How many items are looked at for each place: the best by score that may stand there. At least 1. */
        int window();

        /** The selection as it applies to one request, with no item placed. */
        Choice begin(Shortlist shortlist);
    }

    /** What all rules at work on one slate have in common: they see every item placed. */
    interface AtWork {
        /** The item of a rank of the shortlist now stands at the next place. */
        void placed(int rank);

        /** Tells measures of the slate as it stands, by what they measure, e.g. "relevance_cost". */
        default void measure(BiConsumer<String, Double> measures) {}

        /** What the slate adds to what the rule's later slates read, the total first; null if the rule does not reach over time. */
        default @Nullable Reach reach() {
            return null;
        }
    }

    /** A limit in one request. It takes ranks of the shortlist. */
    interface Admission extends AtWork {
        /** True if the item may stand at the next place. */
        boolean admits(int rank);

        /** What the limit says of the item, for people, e.g. "at most 2 of uploader 'u7' within 10 places". */
        String reason(int rank);
    }

    /** A draw in one request. It takes ranks of the shortlist. */
    interface Lot extends AtWork {
        /** Whether the next place is to be drawn for. */
        boolean due();

        /** Whether the item takes part. */
        boolean entitled(int rank);

        /**
         * The rank drawn for the next place.
         *
         * @param open ranks that take part and may stand there, best score first
         * @param count how many of {@code open} are filled in, at least 1
         */
        int draw(int[] open, int count);

        /** The probability with which the item was drawn for its place; 0 if it was not drawn. */
        double propensity(int rank);

        /** Why the item stands where it was drawn for, for people. */
        String reason(int rank);
    }

    /** A selection in one request. It takes ranks of the shortlist. */
    interface Choice extends AtWork {
        /**
         * The rank chosen for the next place.
         *
         * @param open ranks that may stand there, best score first
         * @param count how many of {@code open} are filled in, at least 1
         */
        int choose(int[] open, int count);

        /** What speaks against the item beside those placed, for people, e.g. "similarity 0.93 to 'v12' at place 2". */
        String reason(int rank);

        /** Which of several rankings chose the item, where the selection tells them apart; else empty. */
        default String team(int rank) {
            return "";
        }
    }
}
