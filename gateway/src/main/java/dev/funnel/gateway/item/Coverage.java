package dev.funnel.gateway.item;

import dev.funnel.runtime.deadline.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Up to where the log may be dropped: the lowest position that anybody said to have been trained to within the last {@code memory}.
 * Nobody is forgotten sooner, so that a replica that starts again, or is cut off for a while, finds what it needs; and nothing is dropped
 * before the log has been open that long, because not everybody may have said something yet.
 */
final class Coverage {
    /** Most followers that are remembered; while there are more, nothing is dropped. */
    static final int MOST_FOLLOWERS = 10_000;

    private final long memoryNanos;
    private final Ticker ticker;
    private final long begunAt;
    private final Map<String, Said> followers = new HashMap<>();

    Coverage(Duration memory, Ticker ticker) {
        this.memoryNanos = memory.toNanos();
        this.ticker = ticker;
        this.begunAt = ticker.nanos();
    }

    synchronized void note(String follower, long position) {
        if (followers.size() < MOST_FOLLOWERS || followers.containsKey(follower)) {
            followers.put(follower, new Said(position, ticker.nanos()));
        }
    }

    /** The position up to which entries may be dropped; empty if nothing may. */
    synchronized OptionalLong droppable() {
        long now = ticker.nanos();
        followers.values().removeIf(said -> now - said.at() > memoryNanos);
        if (now - begunAt < memoryNanos || followers.size() == MOST_FOLLOWERS) {
            return OptionalLong.empty();
        }
        return followers.values().stream().mapToLong(Said::position).min();
    }

    private record Said(long position, long at) {}
}
