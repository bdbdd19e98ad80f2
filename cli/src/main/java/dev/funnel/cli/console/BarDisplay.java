package dev.funnel.cli.console;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress on a terminal: a bar per piece of work, with the time it took and will take. */
final class BarDisplay implements ProgressDisplay {

    private static final long STEPS = 1000;
    private static final int WIDTH = 100;
    private static final int REFRESH_MILLIS = 200;

    private final PrintStream err;
    private @Nullable ProgressBar bar;
    private String shown = "";

    BarDisplay(PrintStream err) {
        this.err = err;
    }

    @Override
    public synchronized void show(String what, double done) {
        if (bar == null || !what.equals(shown)) {
            finish();
            bar = open(what);
            shown = what;
        }
        bar.stepTo(Math.round(Math.clamp(done, 0, 1) * STEPS));
        if (done >= 1) {
            finish();
        }
    }

    @Override
    public synchronized void finish() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private ProgressBar open(String what) {
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(STEPS)
                .setUnit(" %", STEPS / 100)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .startsFrom(0, Duration.ZERO)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .build();
    }
}
