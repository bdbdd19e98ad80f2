package dev.funnel.gateway.ladder;

import java.util.Locale;

/**
 * How good a slate could be made, best first. The first rung that holds is served, and below the last there is only an error.
 * Strict rules and the items that this person must not see are checked at the door on every rung alike.
 */
public enum Rung {
    /** Every stage did all that the pipeline asks of it. */
    FULL(1),
    /** Every stage answered; one tried less hard than configured, or lacked a part (a generator, a shard). */
    LESS_EFFORT(2),
    /** Without re-ranking: the ranked order. */
    NO_RERANKING(3),
    /** Without ranking: the order of the calibrated retrieval scores, re-ranked if re-ranking answered. */
    NO_RANKING(4),
    /** Without candidates, for something was lost: the last slate made for this person on this surface. */
    LAST_GOOD(5),
    /** Without candidates that may be shown, and without a last slate where they were lost: the bundle's popular slates. */
    POPULAR(6);

    private final int number;

    Rung(int number) {
        this.number = number;
    }

    /** Its number in the contract. */
    public int number() {
        return number;
    }

    /** Whether what is served is, at least in part, made of candidates for this person and now. */
    public boolean ofCandidates() {
        return switch (this) {
            case FULL, LESS_EFFORT, NO_RERANKING, NO_RANKING -> true;
            case LAST_GOOD, POPULAR -> false;
        };
    }

    /** Its name in configuration, metrics and reasons, e.g. {@code no-ranking}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
