package dev.funnel.cli.command;

import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.Stopwatch;
import dev.funnel.trainer.simulate.DemoFiles;
import dev.funnel.trainer.simulate.DemoSettings;
import dev.funnel.trainer.simulate.FileFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Simulates a video site and writes its logs. */
@Command(
        name = "generate",
        description =
                "Simulates a video site and writes items, users, interactions and impressions as the trainer reads them,"
                        + " with the truth beside them.",
        mixinStandardHelpOptions = true)
public final class GenerateCommand extends WorkingCommand {

    /** How files are written. */
    enum Format {
        PARQUET(FileFormat.PARQUET),
        CSV(FileFormat.CSV),
        JSONL(FileFormat.JSON_LINES);

        private final FileFormat format;

        Format(FileFormat format) {
            this.format = format;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private final WorldOptions world = new WorldOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "folder to write; must not hold anything")
    private Path out = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format = Format.PARQUET;

    @Override
    void run(Console console) throws IOException {
        Stopwatch watch = Stopwatch.start();
        DemoSettings settings = world.settings();
        DemoFiles files =
                new DemoFiles(settings, format.format, Runtime.getRuntime().availableProcessors());
        DemoFiles.Generated generated = files.generate(out, console.progress());
        console.object(object(settings, generated, watch.seconds()));
        console.line("%,d items, %,d users, %,d interactions and %,d impressions (%,d clicked) in %s"
                .formatted(
                        generated.items(),
                        generated.users(),
                        generated.interactions(),
                        generated.impressions(),
                        generated.clicks(),
                        generated.directory()));
    }

    private static Map<String, Object> object(DemoSettings settings, DemoFiles.Generated generated, double seconds) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("system", "demo-world");
        object.put("protocol", "generate");
        object.put("seed", settings.seed());
        object.put("days", settings.days());
        object.put("items", generated.items());
        object.put("users", generated.users());
        object.put("interactions", generated.interactions());
        object.put("impressions", generated.impressions());
        object.put("clicks", generated.clicks());
        object.put("directory", generated.directory().toString());
        object.put("seconds", seconds);
        return object;
    }
}
