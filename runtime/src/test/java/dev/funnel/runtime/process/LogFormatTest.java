package dev.funnel.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** What {@code logback.xml} makes of a line, by {@code FUNNEL_LOG_FORMAT}. */
class LogFormatTest {
    private static String line(String format, KeyValuePair... pairs) throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        if (!format.isEmpty()) {
            context.putProperty("FUNNEL_LOG_FORMAT", format);
        }
        JoranConfigurator joran = new JoranConfigurator();
        joran.setContext(context);
        joran.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        OutputStreamAppender<ILoggingEvent> appender = (OutputStreamAppender<ILoggingEvent>)
                root.iteratorForAppenders().next();
        LoggingEvent event = new LoggingEvent(
                LogFormatTest.class.getName(),
                context.getLogger("dev.funnel.Some"),
                Level.INFO,
                "bundle {} says \"hello\"\nand more",
                null,
                new Object[] {"b1"});
        event.setKeyValuePairs(List.of(pairs));
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void a_line_is_text_unless_told_otherwise_and_ends_with_its_keys_and_values() throws Exception {
        assertTrue(line("").endsWith("Some: bundle b1 says \"hello\"\nand more\n"), line(""));
        String keyed = line("text", new KeyValuePair("rung", "full"), new KeyValuePair("ms", 3));
        assertTrue(keyed.endsWith("and more rung=\"full\" ms=\"3\"\n"), keyed);
    }

    @Test
    void json_is_one_object_on_one_line() throws Exception {
        String line = line("json", new KeyValuePair("rung", "full"));
        assertEquals(line.length() - 1, line.indexOf('\n'), "one line: " + line);
        Struct.Builder object = Struct.newBuilder();
        JsonFormat.parser().merge(line, object);
        assertEquals(
                "bundle b1 says \"hello\"\nand more",
                object.getFieldsOrThrow("formattedMessage").getStringValue());
        assertEquals("INFO", object.getFieldsOrThrow("level").getStringValue());
        assertTrue(object.getFieldsOrThrow("timestamp").getNumberValue() > 1e12);
        assertEquals(
                "full",
                object.getFieldsOrThrow("kvpList")
                        .getListValue()
                        .getValues(0)
                        .getStructValue()
                        .getFieldsOrThrow("rung")
                        .getStringValue());
    }
}
