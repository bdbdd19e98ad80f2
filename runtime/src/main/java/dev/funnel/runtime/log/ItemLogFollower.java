package dev.funnel.runtime.log;

import dev.funnel.runtime.config.DurationText;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.live.ItemChangeSink;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the item log on a thread of its own and gives its entries to a {@link ItemChangeSink}, from where the oldest resident bundle
 * was trained to. What breaks is tried again, at first after {@value #FIRST_WAIT_MILLIS} ms, at last every {@value #LONGEST_WAIT_MILLIS}.
 *
 * <p>The log's owner says several times a second how far the log goes. A process that hears it lags when it may lack an entry that was
 * acknowledged longer ago than {@code mostLag}: when it had everything longer ago than that, less the time that the sink needs to show what
 * it took. A process that does not hear it, and had everything when it last did, keeps up for {@code mostSilence}: while the owner is away
 * nothing is acknowledged, so nothing is lacking. That it is itself cut off looks the same; then it lacks what is as old at most. What
 * changed in a silence counts as lag from the first word after it. Entries that the sink took and cannot show are lag too.
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
    private final Duration mostSilence;
    private final Ticker ticker;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("item-log-follower").unstarted(this::run);

    private volatile Heard heard;
    private volatile String trouble = "";
    private volatile boolean closed;

    /** Only the following thread's. */
    private boolean silent;

    /** One for whom silence is lag. */
    public ItemLogFollower(
            ItemLogSource source,
            ItemChangeSink sink,
            Supplier<OptionalLong> trained,
            Duration mostLag,
            Ticker ticker) {
        this(source, sink, trained, mostLag, mostLag, ticker);
    }

    /**
     * @param trained the item log position of the oldest resident bundle; empty while there is none: then nothing is followed
     * @param mostLag bound of the lag of a ready process that hears the log's owner
     * @param mostSilence how long a process is ready that does not; no longer than {@code mostLag}: silence is lag
     */
    public ItemLogFollower(
            ItemLogSource source,
            ItemChangeSink sink,
            Supplier<OptionalLong> trained,
            Duration mostLag,
            Duration mostSilence,
            Ticker ticker) {
        this.source = source;
        this.sink = sink;
        this.trained = trained;
        this.mostLag = mostLag;
        this.mostSilence = mostSilence.compareTo(mostLag) > 0 ? mostSilence : mostLag;
        this.ticker = ticker;
        this.heard = Heard.nothing(ticker.nanos());
    }

    /** Begins to follow. */
    public void start() {
        thread.start();
    }

    /** How far it is, and whether that is far enough. */
    public FollowerStatus status() {
        Heard now = heard;
        double unshown =
                sink.unshown().map(each -> secondsSince(each.sinceNanos())).orElse(0.0);
        return new FollowerStatus(
                now.position(),
                now.newest(),
                Math.max(secondsSince(now.completeAtNanos()), unshown),
                secondsSince(now.heardAtNanos()),
                lagging(now));
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
            long before = heard.position();
            try {
                followOnce();
                wait = FIRST_WAIT_MILLIS;
            } catch (LogUnavailableException e) {
                noteUnavailable(e);
                wait = heard.position() > before ? FIRST_WAIT_MILLIS : Math.min(2 * wait, LONGEST_WAIT_MILLIS);
            } catch (RuntimeException e) {
                LOG.error("the item log cannot be followed", e);
                noteRefused("an error: " + e);
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
            heard = heard.unasked(ticker.nanos());
            return;
        }
        long from = sink.nextPosition();
        long told = Math.min(needed.getAsLong(), from - 1);
        heard = heard.readingFrom(from);
        try (ItemLogSource.Stream stream = source.open(from, told)) {
            while (!closed && sink.nextPosition() == from && !hasRisen(told)) {
                ItemLogSource.Entries entries = stream.next(SILENCE);
                noteHeard(from - 1, entries.newest()); // behind, should it not be taken
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
        endSilence();
        heard = heard.word(position, newest, ticker.nanos(), allowed(mostLag).toNanos());
        if (heard.reach() == Heard.Reach.COMPLETE) {
            trouble = "";
        }
    }

    private void noteUnavailable(LogUnavailableException unavailable) {
        String why = String.valueOf(unavailable.getMessage());
        if (unavailable.silent()) {
            noteSilence(why);
        } else {
            noteRefused(why);
        }
    }

    /** The owner is there, and goes on without this process. */
    private void noteRefused(String why) {
        endSilence();
        heard = heard.refused(ticker.nanos(), allowed(mostLag).toNanos());
        say(why);
    }

    private void noteSilence(String why) {
        trouble = why;
        boolean lasts = ticker.nanos() - heard.heardAtNanos() > allowed(mostLag).toNanos();
        if (lasts && !silent && !closed) {
            silent = true;
            LOG.warn(
                    "item log: its owner is not heard: {}; this process {}",
                    why,
                    heard.reach() == Heard.Reach.COMPLETE
                            ? "serves what it has for " + DurationText.format(mostSilence)
                            : "is not ready");
        }
    }

    private void endSilence() {
        if (silent) {
            silent = false;
            LOG.info("item log: its owner is heard again, after {} s", Math.round(secondsSince(heard.heardAtNanos())));
        }
    }

    private String lagging(Heard now) {
        if (trained.get().isEmpty()) {
            return "";
        }
        Optional<ItemChangeSink.Unshown> unshown = sink.unshown().filter(each -> isLate(each.sinceNanos(), mostLag));
        if (unshown.isPresent()) {
            return "changed items cannot be shown: " + unshown.get().why();
        }
        return switch (now.reach()) {
            case BEGINNING -> because("the item log is not read to its end yet");
            case BEHIND -> late(now.lackingSinceNanos(), mostLag);
            case COMPLETE -> late(now.heardAtNanos(), mostSilence);
        };
    }

    private String late(long sinceNanos, Duration bound) {
        return isLate(sinceNanos, bound)
                ? because("the item log may be ahead by more than " + DurationText.format(bound))
                : "";
    }

    private boolean isLate(long sinceNanos, Duration bound) {
        return ticker.nanos() - sinceNanos > allowed(bound).toNanos();
    }

    private String because(String how) {
        String why = trouble;
        return why.isEmpty() ? how : how + ": " + why;
    }

    /** What a bound leaves once the sink shows what it took. */
    private Duration allowed(Duration bound) {
        return bound.minusMillis(sink.publicationMillis());
    }

    private double secondsSince(long nanos) {
        return (ticker.nanos() - nanos) / NANOS_PER_SECOND;
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
}
