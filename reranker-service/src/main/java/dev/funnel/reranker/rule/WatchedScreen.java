package dev.funnel.reranker.rule;

import dev.funnel.runtime.wire.InteractionKind;
import dev.funnel.runtime.wire.Interactions;
import java.util.Arrays;

/** {@link Watched} in one request: when each candidate was last watched within the window. */
final class WatchedScreen implements Screen {
    private static final long NEVER = Long.MIN_VALUE;
    /** Also what interactions say of a time they do not know. */
    private static final long UNKNOWN = 0;

    private final RerankInput input;
    private final long windowStart;
    private final double share;
    private final long[] watchedAt;

    WatchedScreen(RerankInput input, long windowStart, double share) {
        this.input = input;
        this.windowStart = windowStart;
        this.share = share;
        this.watchedAt = new long[input.pool().size()];
        Arrays.fill(watchedAt, NEVER);
        Interactions recent = input.user().recent();
        if (oldestKnown(recent) >= windowStart) {
            input.user().olderWatchedItemIds().forEach(id -> mark(id, UNKNOWN));
        }
        markRecent(recent);
    }

    @Override
    public boolean removes(int position) {
        return watchedAt[position] != NEVER;
    }

    @Override
    public String reason(int position) {
        long at = watchedAt[position];
        return at == UNKNOWN ? "watched" : "watched " + Age.text(Math.max(0, input.timeMillis() - at)) + " ago";
    }

    /** Oldest first, so that the newest watch of an item is the one remembered. */
    private void markRecent(Interactions recent) {
        for (int i = recent.size() - 1; i >= 0; i--) {
            long at = recent.timesMs()[i];
            if (recent.kind(i).isConsumption() && (at == UNKNOWN || at >= windowStart) && enough(recent, i)) {
                mark(recent.itemIds().get(i), at);
            }
        }
    }

    /** Whether the share that must have been watched was. Only watches are measured by it. */
    private boolean enough(Interactions recent, int i) {
        long watchedMillis = recent.watchedMs()[i];
        if (share == 0 || watchedMillis < 0 || recent.kind(i) != InteractionKind.WATCH) {
            return true;
        }
        int position = input.pool().positionOf(recent.itemIds().get(i));
        int item = position < 0 ? -1 : input.item(position);
        double seconds = item < 0 ? Double.NaN : input.facts().durationSeconds(item);
        return Double.isNaN(seconds) || watchedMillis >= share * seconds * 1000;
    }

    private void mark(String id, long at) {
        int position = input.pool().positionOf(id);
        if (position >= 0) {
            watchedAt[position] = at;
        }
    }

    private static long oldestKnown(Interactions recent) {
        long oldest = Long.MAX_VALUE;
        for (long at : recent.timesMs()) {
            oldest = at == UNKNOWN ? oldest : Math.min(oldest, at);
        }
        return oldest;
    }
}
