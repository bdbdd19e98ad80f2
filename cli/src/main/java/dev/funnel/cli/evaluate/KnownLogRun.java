package dev.funnel.cli.evaluate;

import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import dev.funnel.trainer.known.KnownFigures;
import dev.funnel.trainer.known.KnownLogEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code funnel evaluate weighted-logistic}: rankers on a simulated log whose expected watch time is known, one line each. */
public final class KnownLogRun {

    private KnownLogRun() {}

    /** Trains, measures and prints; {@code scratch} is an empty folder. */
    public static void run(long seed, Path scratch, Console console) throws IOException {
        List<KnownFigures> figures = KnownLogEvaluation.usual(
                        seed, Runtime.getRuntime().availableProcessors())
                .run(scratch, console.progress());
        TextTable table = new TextTable(
                "ranker",
                "per-user loss",
                "predicted / true",
                "worst decile / true",
                "worst decile / observed",
                "over E[T]",
                "fit s");
        for (KnownFigures one : figures) {
            console.object(one.json());
            table.row(
                    one.name(),
                    "%.4f".formatted(one.perUserLoss()),
                    "%.3f".formatted(one.ofTruth().ratio()),
                    "%.3f".formatted(one.ofTruth().worstRatio()),
                    "%.3f".formatted(one.ofOutcome().worstRatio()),
                    "%.3f".formatted(one.overExpectedSeconds()),
                    "%.1f".formatted(one.seconds()));
        }
        table.lines().forEach(console::line);
    }
}
