package dev.funnel.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.runtime.live.ItemChangeSink;
import dev.funnel.runtime.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ItemLogFollowerTest {
    private static final Duration MOST_LAG = Duration.ofSeconds(1);
    private static final Duration MOST_SILENCE = Duration.ofSeconds(60);
    private static final long PUBLICATION_MILLIS = 100;
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(ItemLogFollower.class);

    private final AtomicLong nanos = new AtomicLong();
    private final ScriptedLog log = new ScriptedLog();
    private final RememberingSink sink = new RememberingSink();
    private volatile OptionalLong trained = OptionalLong.of(10);
    private final ItemLogFollower follower =
            new ItemLogFollower(log, sink, () -> trained, MOST_LAG, MOST_SILENCE, nanos::get);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        LOGGER.setLevel(Level.INFO);
        LOGGER.addAppender(lines);
    }

    @AfterEach
    void close() {
        follower.close();
        LOGGER.detachAppender(lines);
        LOGGER.setLevel(null);
    }

    /** From here on everything up to 10 is applied. */
    private void followsToTheEnd() {
        sink.next = 11;
        follower.start();
        log.say(10);
        Await.until("it keeps up", () -> follower.status().lagging().isEmpty());
    }

    private void assertLags(String why) {
        assertTrue(
                follower.status().lagging().contains(why),
                () -> "lagging: " + follower.status().lagging());
    }

    private List<String> said(String about) {
        return lines.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(about))
                .toList();
    }

    @Test
    void entries_after_the_oldest_bundle_go_to_the_sink_in_order_and_it_keeps_up_once_it_has_all() {
        sink.next = 11;
        follower.start();
        log.awaitOpened(1);
        assertEquals("from 11, trained 10", log.opened.getFirst());
        log.say(13, 11, 12);
        Await.until("two entries are taken", () -> sink.positions().equals(List.of(11L, 12L)));
        Await.until("the position is known", () -> follower.status().position() == 12);
        assertEquals(13, follower.status().newest());
        assertTrue(
                follower.status().lagging().contains("not read to its end yet"),
                follower.status().lagging());

        log.say(13, 13);
        Await.until("it keeps up", () -> follower.status().lagging().isEmpty());
        assertEquals(List.of(11L, 12L, 13L), sink.positions());
    }

    @Test
    void it_lags_when_it_hears_of_more_and_had_everything_longer_ago_than_the_bound_less_what_the_sink_needs() {
        followsToTheEnd();
        log.say(5_000, 11);
        Await.until("the entry is taken", () -> follower.status().position() == 11);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(MOST_LAG.toMillis() - PUBLICATION_MILLIS));
        assertEquals("", follower.status().lagging());
        nanos.incrementAndGet();
        assertLags("ahead by more than 1s");
    }

    @Test
    void an_owner_that_is_not_heard_leaves_it_ready_for_as_long_as_stated_and_no_longer() {
        followsToTheEnd();
        nanos.addAndGet(MOST_LAG.toNanos());
        log.fallSilent("its line is dead");
        Await.until("silence is said", () -> !said("not heard").isEmpty());
        nanos.addAndGet(
                MOST_SILENCE.minus(MOST_LAG).minusMillis(PUBLICATION_MILLIS).toNanos());
        assertEquals("", follower.status().lagging());
        assertEquals(59.9, follower.status().silentSeconds(), 1e-9);
        nanos.incrementAndGet();
        assertLags("ahead by more than 1m");
        assertLags("its line is dead");
        log.say(10);
        Await.until(
                "a word of the owner is enough",
                () -> follower.status().lagging().isEmpty());
    }

    @Test
    void a_silence_has_one_line_when_it_begins_and_one_when_it_ends() {
        followsToTheEnd();
        log.fallSilent("the stream was closed"); // opened anew at once: that is no silence
        log.awaitOpened(2);
        nanos.addAndGet(2 * MOST_LAG.toNanos());
        log.fallSilent("refused");
        log.awaitOpened(3);
        log.fallSilent("no route");
        log.awaitOpened(4);
        nanos.addAndGet(10 * MOST_LAG.toNanos());
        log.say(10);
        Await.until("it is heard", () -> follower.status().silentSeconds() == 0);
        Await.until("the end is said", () -> !said("heard again").isEmpty());
        assertEquals(
                List.of(
                        "item log: its owner is not heard: refused; this process serves what it has for 1m",
                        "item log: its owner is heard again, after 12 s"),
                said("item log"));
    }

    @Test
    void what_changed_in_a_silence_has_the_bound_to_be_caught_up_with_from_the_first_word_on() {
        followsToTheEnd();
        nanos.addAndGet(MOST_SILENCE.dividedBy(2).toNanos());
        log.say(5_000, 11);
        Await.until("the entry is taken", () -> follower.status().position() == 11);
        assertEquals("", follower.status().lagging(), "all followers hear of it at once, and were ready until now");
        nanos.addAndGet(MOST_LAG.toNanos());
        assertLags("ahead by more than 1s");
    }

    @Test
    void one_that_was_behind_when_it_last_heard_lags_in_the_silence() {
        followsToTheEnd();
        log.say(5_000, 11);
        Await.until("the entry is taken", () -> follower.status().position() == 11);
        log.fallSilent("its line is dead");
        log.awaitOpened(2);
        nanos.addAndGet(MOST_LAG.toNanos());
        assertLags("ahead by more than 1s: its line is dead");
    }

    @Test
    void an_owner_that_refuses_is_heard_so_the_lag_counts() {
        followsToTheEnd();
        log.fail("PERMISSION_DENIED");
        log.awaitOpened(2);
        nanos.addAndGet(MOST_LAG.toNanos());
        assertLags("ahead by more than 1s: PERMISSION_DENIED");
    }

    @Test
    void entries_that_there_is_no_room_for_are_lag_and_not_silence() {
        followsToTheEnd();
        sink.room = 0;
        log.say(11, 11);
        log.awaitOpened(2);
        nanos.addAndGet(MOST_LAG.toNanos());
        assertLags("ahead by more than 1s: there is no room");
    }

    @Test
    void a_bundle_trained_beyond_what_was_heard_does_not_end_readiness_in_a_silence() {
        followsToTheEnd();
        trained = OptionalLong.of(15);
        sink.next = 16;
        log.fallSilent("its line is dead");
        log.awaitOpened(2);
        assertEquals("from 16, trained 15", log.opened.get(1));
        assertEquals("", follower.status().lagging());
    }

    @Test
    void one_for_whom_silence_is_lag_does_not_wait() {
        sink.next = 11;
        try (ItemLogFollower impatient = new ItemLogFollower(log, sink, () -> trained, MOST_LAG, nanos::get)) {
            impatient.start();
            log.say(10);
            Await.until("it keeps up", () -> impatient.status().lagging().isEmpty());
            nanos.addAndGet(MOST_LAG.toNanos());
            assertTrue(
                    impatient.status().lagging().contains("ahead by more than 1s"),
                    impatient.status().lagging());
        }
    }

    @Test
    void it_lags_behind_a_log_that_grows_faster_than_it_reads() {
        sink.next = 11;
        follower.start();
        log.say(10);
        Await.until("it keeps up", () -> follower.status().lagging().isEmpty());
        log.say(5_000, 11);
        Await.until("the entry is taken", () -> follower.status().position() == 11);
        nanos.addAndGet(MOST_LAG.toNanos());
        log.say(10_000, 12);
        Await.until("the next is taken", () -> follower.status().position() == 12);
        assertTrue(!follower.status().lagging().isEmpty(), "it has heard, but not of everything");
    }

    @Test
    void what_breaks_is_opened_again_where_it_broke_and_does_not_lag_before_the_bound() {
        sink.next = 11;
        follower.start();
        log.say(11, 11);
        Await.until("it keeps up", () -> follower.status().lagging().isEmpty());
        log.fail("the line is cut");
        log.awaitOpened(2);
        assertEquals("from 12, trained 10", log.opened.get(1));
        assertEquals("", follower.status().lagging(), "no entry older than the bound can be lacking");
        nanos.addAndGet(2 * MOST_LAG.toNanos());
        assertTrue(
                follower.status().lagging().contains("the line is cut"),
                follower.status().lagging());
    }

    @Test
    void an_older_bundle_makes_it_begin_anew_and_lag_until_it_has_read_to_the_end() {
        sink.next = 11;
        follower.start();
        log.say(12, 11, 12);
        Await.until("it keeps up", () -> follower.status().lagging().isEmpty());
        trained = OptionalLong.of(5);
        sink.next = 6;
        log.say(12);
        log.awaitOpened(2);
        assertEquals("from 6, trained 5", log.opened.get(1));
        Await.until("it lags", () -> !follower.status().lagging().isEmpty());
        log.say(12, 6, 7, 8, 9, 10, 11, 12);
        Await.until("it keeps up", () -> follower.status().lagging().isEmpty());
    }

    @Test
    void a_newer_bundle_is_told_to_the_owner_so_that_entries_can_be_dropped() {
        sink.next = 11;
        follower.start();
        log.say(20, LongStream.rangeClosed(11, 20).toArray());
        Await.until("it keeps up", () -> follower.status().lagging().isEmpty());
        trained = OptionalLong.of(20);
        log.say(20);
        log.awaitOpened(2);
        assertEquals("from 21, trained 20", log.opened.get(1));
        assertEquals("", follower.status().lagging());
    }

    @Test
    void without_a_bundle_nothing_is_followed_and_nothing_lags() {
        trained = OptionalLong.empty();
        follower.start();
        assertEquals("", follower.status().lagging());
        trained = OptionalLong.of(10);
        sink.next = 11;
        log.awaitOpened(1);
        assertTrue(!follower.status().lagging().isEmpty(), "now it has to read first");
    }

    @Test
    void a_sink_without_room_makes_it_lag_and_says_so() {
        sink.next = 11;
        sink.room = 0;
        follower.start();
        log.say(11, 11);
        Await.until("it says why", () -> follower.status().lagging().contains("no room"));
        assertEquals(List.of(), sink.positions());
        sink.room = 10;
        log.say(11, 11);
        Await.until("it keeps up", () -> follower.status().lagging().isEmpty());
    }

    @Test
    void entries_that_the_sink_took_and_cannot_show_are_lag_from_when_that_began() {
        followsToTheEnd();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        sink.unshown = new ItemChangeSink.Unshown(nanos.get(), "no memory");
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(MOST_LAG.toMillis() - PUBLICATION_MILLIS));
        log.say(10);
        Await.until("it is heard", () -> follower.status().silentSeconds() == 0);
        assertEquals("", follower.status().lagging());
        assertEquals(.9, follower.status().lagSeconds(), 1e-9);
        nanos.incrementAndGet();
        assertEquals(
                "changed items cannot be shown: no memory", follower.status().lagging());
        sink.unshown = null;
        assertEquals("", follower.status().lagging());
    }

    /** A log that says what a test puts into its mouth, to whichever stream is open. */
    private static final class ScriptedLog implements ItemLogSource {
        final List<String> opened = new CopyOnWriteArrayList<>();
        private final LinkedBlockingQueue<Object> words = new LinkedBlockingQueue<>();

        void say(long newest, long... positions) {
            List<ItemChange> changes = LongStream.of(positions)
                    .mapToObj(position -> ItemChange.remove(position, "item-" + position))
                    .toList();
            words.add(new Entries(changes, newest));
        }

        void fail(String why) {
            words.add(new LogUnavailableException(why));
        }

        void fallSilent(String why) {
            words.add(LogUnavailableException.silence(why));
        }

        void awaitOpened(int streams) {
            Await.until(streams + " streams are opened", () -> opened.size() >= streams);
        }

        @Override
        public Stream open(long from, long trained) {
            opened.add("from " + from + ", trained " + trained);
            return new Stream() {
                @Override
                public Entries next(Duration longest) throws LogUnavailableException, InterruptedException {
                    Object word = words.take();
                    if (word instanceof LogUnavailableException unavailable) {
                        throw unavailable;
                    }
                    return (Entries) word;
                }

                @Override
                public void close() {}
            };
        }
    }

    private static final class RememberingSink implements ItemChangeSink {
        private final List<Long> taken = new ArrayList<>();
        volatile long next = 1;
        volatile int room = Integer.MAX_VALUE;
        volatile ItemChangeSink.@Nullable Unshown unshown;

        synchronized List<Long> positions() {
            return List.copyOf(taken);
        }

        @Override
        public long nextPosition() {
            return next;
        }

        @Override
        public synchronized boolean take(long from, List<ItemChange> changes) {
            if (changes.size() > room || from != next) {
                return false;
            }
            changes.forEach(change -> taken.add(change.position()));
            next = changes.getLast().position() + 1;
            return true;
        }

        @Override
        public long publicationMillis() {
            return PUBLICATION_MILLIS;
        }

        @Override
        public Optional<Unshown> unshown() {
            return Optional.ofNullable(unshown);
        }
    }
}
