package dev.funnel.runtime.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailuresTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(Failures.class);
    private static final String LOST_PAGE =
            "a fault occurred in a recent unsafe memory access operation in compiled Java code";

    @Test
    void a_fault_that_every_call_meets_leaves_one_line_for_each_method_and_not_one_for_each_call() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        LOGGER.addAppender(lines);
        try {
            for (int call = 0; call < 100; call++) {
                for (String method : List.of("lasting/One", "lasting/Two")) {
                    Status status = Failures.toStatus(new IllegalStateException("call " + call), method)
                            .getStatus();
                    assertEquals(Status.Code.INTERNAL, status.getCode());
                }
                Failures.toStatus(new InternalError(LOST_PAGE), "lasting/One");
            }
        } finally {
            LOGGER.detachAppender(lines);
        }
        assertEquals(
                List.of(
                        "lasting/One failed in a way nobody foresaw",
                        "lasting/Two failed in a way nobody foresaw",
                        "lasting/One read a page of a bundle that is gone"),
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }
}
