package dev.funnel.runtime.log;

import dev.funnel.runtime.config.DurationText;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.live.ItemChangeSink;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the item log on a thread of its own and gives its entries to a {@link ItemChangeSink}, from where the oldest resident bundle
 * was trained to. What breaks is tried again, at first after {@value #FIRST_WAIT_MILLIS} ms, at last every {@value #LONGEST_WAIT_MILLIS}.
 *
 * <p>A process that follows lags when it may lack an entry that was acknowledged longer ago than the bound: when it last heard that it
 * had everything longer ago than that, less the time that the sink needs to show what it took. The log's owner says so several times a
 * second; silence counts as lag, because a process that is cut off cannot know what it lacks.
 */
public final class ItemLogFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ItemLogFollower.class);
    private static final long FIRST_WAIT_MILLIS = 20;
    private static final long LONGEST_WAIT_MILLIS = 1_000;
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final long CLOSING_MILLIS = 5_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ItemLogSource source;
    private final ItemChangeSink sink;
    private final Supplier<OptionalLong> trained;
    private final Duration mostLag;
    private final Ticker ticker;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("item-log-follower").unstarted(this::run);

    private volatile Heard heard;
    private volatile String trouble = "";
    private volatile boolean closed;

    /**
     * @param trained the item log position of the oldest resident bundle; empty while there is none: then nothing is followed
     * @param mostLag bound of the lag of a ready process
     */
    public ItemLogFollower(
            ItemLogSource source,
            ItemChangeSink sink,
            Supplier<OptionalLong> trained,
            Duration mostLag,
            Ticker ticker) {
        this.source = source;
        this.sink = sink;
        this.trained = trained;
        this.mostLag = mostLag;
        this.ticker = ticker;
        this.heard = new Heard(0, 0, false, ticker.nanos());
    }

    /** Begins to follow. */
    public void start() {
        thread.start();
    }

    /** How far it is, and whether that is far enough. */
    public FollowerStatus status() {
        Heard now = heard;
        double lagSeconds = (ticker.nanos() - now.completeAtNanos) / NANOS_PER_SECOND;
        return new FollowerStatus(now.position, now.newest, lagSeconds, lagging(now));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long wait = FIRST_WAIT_MILLIS;
        while (!closed) {
            long before = heard.position;
            try {
                followOnce();
                wait = FIRST_WAIT_MILLIS;
            } catch (LogUnavailableException e) {
                say(String.valueOf(e.getMessage()));
                wait = heard.position > before ? FIRST_WAIT_MILLIS : Math.min(2 * wait, LONGEST_WAIT_MILLIS);
            } catch (RuntimeException e) {
                LOG.error("the item log cannot be followed", e);
                say("an error: " + e);
                wait = LONGEST_WAIT_MILLIS;
            } catch (InterruptedException e) {
                return;
            }
            if (!sleep(wait)) {
                return;
            }
        }
    }

    /** Follows one stream until it ends, or until another has to be opened. */
    private void followOnce() throws LogUnavailableException, InterruptedException {
        OptionalLong needed = trained.get();
        if (needed.isEmpty()) {
            return;
        }
        long from = sink.nextPosition();
        long told = Math.min(needed.getAsLong(), from - 1);
        if (from - 1 != heard.position) { // an older bundle was loaded, or this is the first time: entries are lacking
            heard = new Heard(from - 1, Math.max(heard.newest, from - 1), false, heard.completeAtNanos);
        }
        try (ItemLogSource.Stream stream = source.open(from, told)) {
            while (!closed && sink.nextPosition() == from && !hasRisen(told)) {
                ItemLogSource.Entries entries = stream.next(SILENCE);
                if (!taken(from, entries)) {
                    return;
                }
                from = entries.changes().isEmpty()
                        ? from
                        : entries.changes().getLast().position() + 1;
                noteHeard(from - 1, entries.newest());
            }
        }
    }

    private boolean hasRisen(long told) {
        return trained.get().orElse(told) > told;
    }

    /** Gives entries to the sink; waits, bounded by its patience, while it has no room. */
    private boolean taken(long from, ItemLogSource.Entries entries) {
        if (entries.changes().isEmpty() || sink.take(from, entries.changes())) {
            return true;
        }
        if (sink.nextPosition() == from) {
            say("there is no room for more changed items until a newer bundle covers some");
        }
        return false;
    }

    private void noteHeard(long position, long newest) {
        boolean complete = position >= newest;
        heard = new Heard(
                position, newest, complete || heard.everComplete, complete ? ticker.nanos() : heard.completeAtNanos);
        if (complete) {
            trouble = "";
        }
    }

    private String lagging(Heard now) {
        if (trained.get().isEmpty()) {
            return "";
        }
        Duration allowed = mostLag.minusMillis(sink.publicationMillis());
        long since = ticker.nanos() - now.completeAtNanos;
        if (now.everComplete && since <= allowed.toNanos()) {
            return "";
        }
        String how = now.everComplete
                ? "the item log may be ahead by more than " + DurationText.format(mostLag)
                : "the item log is not read to its end yet";
        return trouble.isEmpty() ? how : how + ": " + trouble;
    }

    private void say(String what) {
        if (!what.equals(trouble) && !closed) {
            LOG.warn("item log: {}", what);
        }
        trouble = what;
    }

    private static boolean sleep(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /**
     * What is known of the log.
     *
     * @param everComplete whether everything was there once since the stream had to begin anew
     * @param completeAtNanos when everything was there last; when it began, if never
     */
    private record Heard(long position, long newest, boolean everComplete, long completeAtNanos) {}
}
