package dev.funnel.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.funnel.trainer.Progress;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command writes: its result on standard output, for people or as JSON, one object per line; progress and remarks on
 * standard error. With JSON asked for, standard output holds nothing else.
 */
public final class Console implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final ProgressDisplay display;

    public Console(PrintStream out, PrintStream err, boolean json, boolean terminal) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.display = terminal ? new BarDisplay(err) : new LineDisplay(err, System::nanoTime);
    }

    /** True if the result is asked for as JSON. */
    public boolean json() {
        return json;
    }

    /** A line of the result, for people; nothing with JSON asked for. */
    public void line(String text) {
        if (!json) {
            display.finish();
            out.println(text);
        }
    }

    /** An object of the result, on a line of its own; nothing unless JSON is asked for. */
    public void object(Map<String, ?> object) {
        if (json) {
            out.println(jsonOf(object));
            out.flush();
        }
    }

    /** A remark that is not part of the result. */
    public void remark(String text) {
        display.finish();
        err.println("funnel: " + text);
    }

    /** Shows how far long work is. */
    public Progress progress() {
        return display::show;
    }

    @Override
    public void close() {
        display.finish();
        out.flush();
    }

    private static String jsonOf(Map<String, ?> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not an object that JSON can hold", e);
        }
    }
}
