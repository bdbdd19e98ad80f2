package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.funnel.gateway.answer.RequestLog;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The lines that requests leave in a gateway's log. */
class RequestLogTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(RequestLog.class);

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        LOGGER.setLevel(Level.INFO);
        LOGGER.setAdditive(false);
        LOGGER.addAppender(lines);
    }

    @AfterEach
    void leave() {
        LOGGER.detachAppender(lines);
        LOGGER.setAdditive(true);
        LOGGER.setLevel(null);
    }

    private RunningGateway logging(Map<String, String> settings) {
        RunningGateway gateway = RunningGateway.serving(folder, settings, "");
        lines.list.clear();
        return gateway;
    }

    private static Map<String, String> fields(ILoggingEvent line) {
        Map<String, String> fields = new HashMap<>();
        line.getKeyValuePairs().forEach(pair -> fields.put(pair.key, String.valueOf(pair.value)));
        return fields;
    }

    @Test
    void without_a_share_no_request_leaves_a_line() {
        try (RunningGateway gateway = logging(Map.of())) {
            gateway.recommend(RunningGateway.home("user-03"));
            assertEquals(List.of(), lines.list);
        }
    }

    @Test
    void one_in_two_says_what_became_of_it_and_names_no_user() {
        try (RunningGateway gateway = logging(Map.of("REQUEST_LOG_ONE_IN", "2"))) {
            gateway.stages.ranking.fails(Status.UNAVAILABLE);
            RecommendResponse first = gateway.recommend(RunningGateway.home("user-03"));
            RecommendResponse second = gateway.recommend(RunningGateway.home("user-03"));
            assertEquals(1, lines.list.size());
            Map<String, String> line = fields(lines.list.getFirst());
            assertTrue(
                    List.of(first.getRequestId(), second.getRequestId()).contains(line.get("request")), line::toString);
            assertEquals("no-ranking", line.get("rung"));
            assertEquals("home", line.get("pipeline"));
            assertEquals("", line.get("client"));
            assertEquals(second.getBundle().getVersion(), line.get("bundle"));
            assertEquals("failed", line.get("ranking_ending"));
            assertEquals("answered", line.get("candidates_ending"));
            assertTrue(Integer.parseInt(line.get("candidates_out")) > 20, line::toString);
            assertEquals("20", line.get("gateway_out"));
            assertTrue(
                    Double.parseDouble(line.get("ms")) >= Double.parseDouble(line.get("reranking_ms")), line::toString);
            assertFalse(line.toString().contains("user-03"), line::toString);
        }
    }

    @Test
    void a_request_without_a_slate_leaves_a_line_with_the_reason_and_the_user_where_told_to() {
        try (RunningGateway gateway = logging(Map.of("REQUEST_LOG_ONE_IN", "1", "REQUEST_LOG_USER_IDS", "true"))) {
            gateway.stages.reranker.fails(Status.INVALID_ARGUMENT);
            assertThrows(StatusRuntimeException.class, () -> gateway.recommend(RunningGateway.home("user-03")));
            Map<String, String> line = fields(lines.list.getFirst());
            assertEquals("error", line.get("rung"));
            assertEquals("MISCONFIGURED", line.get("reason"));
            assertEquals("user-03", line.get("user"));
        }
    }
}
