package dev.funnel.runtime.log;

/**
 * What a follower knows of the item log, as of the owner's last word.
 *
 * @param reach how much of the log was applied then
 * @param position every entry up to it is applied; 0: none
 * @param newest position of the newest entry, as last heard
 * @param completeAtNanos when everything was applied last; when it began, if never
 * @param heardAtNanos when the owner was last heard; when it began, if never
 * @param lackingSinceNanos while {@link Reach#BEHIND}: from when on the lag counts
 */
record Heard(Reach reach, long position, long newest, long completeAtNanos, long heardAtNanos, long lackingSinceNanos) {
    enum Reach {
        /** The log was not read to its end yet since it had to be read anew. */
        BEGINNING,
        /** The owner has, or may have, entries that are not applied. */
        BEHIND,
        /** Everything the owner had was applied. */
        COMPLETE
    }

    /** Nothing yet. */
    static Heard nothing(long nanos) {
        return new Heard(Reach.BEGINNING, 0, 0, nanos, nanos, nanos);
    }

    /** There was nothing to follow the log for: silence counts from now on. */
    Heard unasked(long nanos) {
        return new Heard(reach, position, newest, completeAtNanos, nanos, lackingSinceNanos);
    }

    /** The log is read from {@code from} on: an older bundle has to begin anew, a newer one needs less. */
    Heard readingFrom(long from) {
        Reach reached = from - 1 < position ? Reach.BEGINNING : reach;
        return new Heard(
                reached, from - 1, Math.max(newest, from - 1), completeAtNanos, heardAtNanos, lackingSinceNanos);
    }

    /**
     * A word of the owner.
     *
     * @param applied every entry up to it is applied
     * @param silenceNanos what is longer without a word is silence: what happened meanwhile counts as lag from this word on
     */
    Heard word(long applied, long end, long nanos, long silenceNanos) {
        return applied >= end
                ? new Heard(Reach.COMPLETE, applied, end, nanos, nanos, nanos)
                : lacking(applied, end, nanos, silenceNanos);
    }

    /** The owner is there and this process cannot have what it has. */
    Heard refused(long nanos, long silenceNanos) {
        return lacking(position, newest, nanos, silenceNanos);
    }

    private Heard lacking(long applied, long end, long nanos, long silenceNanos) {
        Reach reached = reach == Reach.COMPLETE ? Reach.BEHIND : reach;
        return new Heard(reached, applied, end, completeAtNanos, nanos, lackingSince(nanos, silenceNanos));
    }

    private long lackingSince(long nanos, long silenceNanos) {
        if (reach != Reach.COMPLETE) {
            return lackingSinceNanos;
        }
        return nanos - heardAtNanos > silenceNanos ? nanos : completeAtNanos;
    }
}
