package dev.funnel.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SparseLinesTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // a ticker may overflow
    private final Logger log = new LoggerContext().getLogger("sparse");
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final SparseLines lines = new SparseLines(log, INTERVAL, nanos::get);

    @BeforeEach
    void listen() {
        written.start();
        log.addAppender(written);
    }

    private List<String> said() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void the_first_line_is_written_and_then_one_an_interval_that_says_how_many_were_left_out() {
        for (int i = 0; i < 100; i++) {
            lines.warn("kind", "line " + i);
        }
        nanos.addAndGet(INTERVAL.toNanos() - 1);
        lines.warn("kind", "too early");
        assertEquals(List.of("line 0"), said());
        nanos.incrementAndGet();
        lines.warn("kind", "again");
        nanos.addAndGet(INTERVAL.toNanos());
        lines.warn("kind", "and again");
        assertEquals(List.of("line 0", "again (and 100 times more since the last such line)", "and again"), said());
    }

    @Test
    void kinds_do_not_leave_out_each_other_and_an_error_keeps_its_stack_trace() {
        Exception fault = new IllegalStateException("fault");
        lines.warn("one", "one");
        lines.error("two", "two {}", fault);
        lines.error("two", "two", fault);
        assertEquals(List.of("one", "two {}"), said());
        assertSame(fault, ((ThrowableProxy) written.list.getLast().getThrowableProxy()).getThrowable());
    }

    @Test
    void kinds_beyond_the_bound_share_one_until_others_are_over() {
        for (int i = 0; i < 10 * SparseLines.MOST_KINDS; i++) {
            lines.warn("kind " + i, "line " + i);
        }
        assertEquals(SparseLines.MOST_KINDS + 1, said().size());
        assertTrue(lines.kinds() <= SparseLines.MOST_KINDS + 1);
        nanos.addAndGet(INTERVAL.toNanos());
        lines.warn("new", "a new kind");
        lines.warn("newer", "a newer kind");
        assertEquals(List.of("a new kind", "a newer kind"), said().subList(SparseLines.MOST_KINDS + 1, said().size()));
    }
}
