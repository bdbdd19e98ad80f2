package dev.funnel.runtime.log;

import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.grpc.Channels;
import dev.funnel.runtime.live.ItemChangeSink;
import dev.funnel.runtime.live.LiveItemSettings;
import dev.funnel.runtime.telemetry.Metrics;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a process comes to follow the item log: not at all, over the wire, or in the process itself.
 *
 * @param follower makes the follower, given who takes the entries; null: nothing is followed
 * @param liveItems how much is remembered of it
 * @param withWatchers whether the process wants to know who watched an item; most do not, and keep the less
 * @param connection closed with the process
 */
public record ItemLogFollowing(
        @Nullable Function<ItemChangeSink, ItemLogFollower> follower,
        LiveItemSettings liveItems,
        boolean withWatchers,
        AutoCloseable connection)
        implements AutoCloseable {

    /** Nothing is followed. */
    public static ItemLogFollowing none() {
        return new ItemLogFollowing(null, LiveItemSettings.usual(), false, () -> {});
    }

    /**
     * Over the wire, as configured.
     *
     * @param settings null: nothing is followed
     * @param trained the item log position of the oldest resident bundle; empty while there is none
     */
    public static ItemLogFollowing of(
            @Nullable ItemLogSettings settings,
            LiveItemSettings liveItems,
            Metrics metrics,
            Supplier<OptionalLong> trained) {
        if (settings == null) {
            return none();
        }
        Channels channels = new Channels(metrics);
        ItemLogSource source = GrpcItemLogSource.open(channels, settings);
        return new ItemLogFollowing(sink -> follower(source, sink, trained, settings), liveItems, false, channels);
    }

    /** A log that this process owns; it is never silent, so what cannot be read of it is lag. */
    public static ItemLogFollowing own(
            ItemLogSource source, LiveItemSettings liveItems, Duration mostLag, Supplier<OptionalLong> trained) {
        return new ItemLogFollowing(
                sink -> new ItemLogFollower(source, sink, trained, mostLag, Ticker.SYSTEM), liveItems, false, () -> {});
    }

    /** The same for a process that places items by who watched them. */
    public ItemLogFollowing rememberingWatchers() {
        return new ItemLogFollowing(follower, liveItems, true, connection);
    }

    private static ItemLogFollower follower(
            ItemLogSource source, ItemChangeSink sink, Supplier<OptionalLong> trained, ItemLogSettings settings) {
        return new ItemLogFollower(source, sink, trained, settings.mostLag(), settings.mostSilence(), Ticker.SYSTEM);
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
