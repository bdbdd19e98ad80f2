package dev.funnel.cli.console;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Progress where there is no terminal: a line when work begins, when it ends, and at most every five seconds between.
 */
final class LineDisplay implements ProgressDisplay {

    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private final PrintStream err;
    private final LongSupplier nanoTime;
    private @Nullable String shown;
    private double shownDone;
    private long shownNanos;
    private long begunNanos;

    LineDisplay(PrintStream err, LongSupplier nanoTime) {
        this.err = err;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void show(String what, double done) {
        long now = nanoTime.getAsLong();
        if (!what.equals(shown)) {
            begin(what, done, now);
        } else if (done >= 1 && shownDone < 1) {
            print(what, done, now, ", %.1f s".formatted((now - begunNanos) / 1e9));
        } else if (done < 1 && now - shownNanos >= INTERVAL_NANOS) {
            print(what, done, now, "");
        }
    }

    @Override
    public void finish() {
        // every line is finished
    }

    private void begin(String what, double done, long now) {
        shown = what;
        begunNanos = now;
        print(what, done, now, "");
    }

    private void print(String what, double done, long now, String suffix) {
        shownDone = done;
        shownNanos = now;
        String share = done <= 0 ? "" : String.format(Locale.ROOT, " %.0f %%", done * 100);
        err.println("funnel: " + what + share + suffix);
    }
}
