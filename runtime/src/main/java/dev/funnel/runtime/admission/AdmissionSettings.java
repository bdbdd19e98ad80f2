package dev.funnel.runtime.admission;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * How many calls a process works on at once; more are shed.
 *
 * @param adaptive whether the limit follows measured latency; false: it is {@code max}, always
 * @param max the limit is never above
 * @param initial the limit at start, until latency is known
 * @param min the limit is never below
 * @param shares how much of the limit lower priorities may fill
 */
public record AdmissionSettings(
        @Default("true") boolean adaptive,
        @Default("1024") int max,
        @Default("32") int initial,
        @Default("8") int min,
        @Default("{}") Shares shares) {
    public AdmissionSettings {
        Rule.between("max", max, 1, 1_000_000);
        if (adaptive) {
            Rule.between("min", min, 1, max);
            Rule.between("initial", initial, min, max);
        }
    }

    /** How many calls may be under way for one of a priority to be let in, when the limit is {@code limit}; at least one. */
    int bound(Priority priority, int limit) {
        double share = switch (priority) {
            case INTERACTIVE -> 1;
            case PREFETCH -> shares.prefetch;
            case BATCH -> shares.batch;
        };
        return Math.max(1, (int) (limit * share));
    }

    /**
     * The part of the limit up to which a priority is let in, whoever fills it; interactive calls may fill all of it.
     *
     * @param prefetch at most 1
     * @param batch at most as much
     */
    public record Shares(
            @Default("0.8") double prefetch, @Default("0.5") double batch) {
        public Shares {
            Rule.between("prefetch", prefetch, 0.01, 1.0);
            Rule.between("batch", batch, 0.01, prefetch);
        }
    }
}
