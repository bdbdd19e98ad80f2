package dev.funnel.cli.command;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.ItemShards;
import dev.funnel.bundle.signature.SigningKey;
import dev.funnel.cli.console.Console;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.trainer.read.ReadSettings;
import dev.funnel.trainer.read.TrainingInput;
import dev.funnel.trainer.train.TrainingReport;
import dev.funnel.trainer.train.TrainingRun;
import dev.funnel.trainer.train.TrainingSettings;
import dev.funnel.trainer.train.WorseThanPopularityException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains on logs and publishes a bundle. */
@Command(
        name = "train",
        description =
                "Reads logs (CSV, Parquet, JSON lines), fits generators and ranker, evaluates them on a held-out part, and"
                        + " publishes a bundle unless it is worse than popularity.",
        mixinStandardHelpOptions = true)
public final class TrainCommand extends WorkingCommand {

    private static final String NEWEST = "newest";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with items, users, interactions and impressions, each .parquet, .csv or .jsonl")
    private @Nullable Path data;

    @Option(names = "--items", paramLabel = "FILE", description = "what there is to recommend")
    private @Nullable Path items;

    @Option(names = "--users", paramLabel = "FILE", description = "profiles of users; may be absent")
    private @Nullable Path users;

    @Option(names = "--interactions", paramLabel = "FILE", description = "what users did")
    private @Nullable Path interactions;

    @Option(names = "--impressions", paramLabel = "FILE", description = "what users were shown; may be absent")
    private @Nullable Path impressions;

    @Option(
            names = "--item-log",
            paramLabel = "DIR",
            description =
                    "folder of the gateway's item log: items that were added, changed or removed between bundles; may be absent")
    private @Nullable Path itemLog;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "root of the bundle folder to publish to")
    private Path out = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "demo",
            description = "name of the bundle (default: ${DEFAULT-VALUE})")
    private String name = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "of everything random (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "which generators are trained and how; absent: those of deploy/config/training.yaml")
    private @Nullable Path configuration;

    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "1",
            description = "virtual shards of the items: as many processes can share candidate generation at most"
                    + " (default: ${DEFAULT-VALUE})")
    private int shards;

    @Option(
            names = "--warm-start",
            paramLabel = "BUNDLE",
            arity = "0..1",
            fallbackValue = NEWEST,
            description =
                    "start from the vectors of a bundle trained before: the folder of a version, or without a value the newest"
                            + " that is there; fewer sweeps are needed, and vectors stay near where they were")
    private @Nullable String warmStart;

    @Option(names = "--no-ranker", description = "generators only")
    private boolean noRanker;

    @Option(
            names = "--max-bad-share",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "share of bad rows in a file above which it is refused (default: ${DEFAULT-VALUE})")
    private double badShare;

    @Option(
            names = "--max-bad-rows",
            paramLabel = "N",
            defaultValue = "100",
            description = "number of bad rows that is borne in any file (default: ${DEFAULT-VALUE})")
    private int badRows;

    @Option(
            names = "--sign-key",
            paramLabel = "FILE",
            description =
                    "sign the bundle with this key, as bundle keygen makes it, before it appears; may be repeated")
    private List<Path> signKeys = List.of();

    @Override
    void run(Console console) throws Exception {
        Options.require(name.matches("[a-z0-9][a-z0-9_-]{0,63}"), "--name", name, "must be [a-z0-9][a-z0-9_-]*");
        Options.require(badShare >= 0 && badShare <= 1, "--max-bad-share", badShare, "must be 0 to 1");
        Options.between("--shards", shards, 1, ItemShards.MOST);
        Options.between("--max-bad-rows", badRows, 0, Integer.MAX_VALUE);
        BundleStore store = new BundleStore(out, name).signing(signers());
        try {
            show(
                    console,
                    TrainingRun.run(input(), reading(), store, settings(), earlier(store), console.progress())
                            .report());
        } catch (WorseThanPopularityException e) {
            show(console, e.report());
            throw e;
        }
    }

    /** Read before anything is trained, so that a wrong key costs no time. */
    private List<SigningKey> signers() throws IOException {
        List<SigningKey> signers = new ArrayList<>();
        for (Path key : signKeys) {
            signers.add(SigningKey.read(key));
        }
        return signers;
    }

    /** Null without the option, and where the first version is yet to be trained. */
    private @Nullable Path earlier(BundleStore store) throws IOException {
        if (warmStart == null) {
            return null;
        }
        if (warmStart.equals(NEWEST)) {
            return store.newest().map(store::path).orElse(null);
        }
        Options.require(Files.isDirectory(Path.of(warmStart)), "--warm-start", warmStart, "is not a folder");
        return Path.of(warmStart);
    }

    private TrainingInput input() {
        LogFiles files = new LogFiles(data);
        return new TrainingInput(
                files.required("--items", items, "items"),
                files.optional(users, "users"),
                files.required("--interactions", interactions, "interactions"),
                files.optional(impressions, "impressions"),
                itemLog);
    }

    private ReadSettings reading() {
        ReadSettings usual = ReadSettings.DEFAULT;
        return new ReadSettings(badShare, badRows, usual.threads(), usual.memoryMiB(), shards);
    }

    private TrainingSettings settings() {
        TrainingSettings settings =
                TrainingSettings.defaults(seed, Runtime.getRuntime().availableProcessors());
        if (configuration != null) {
            settings = ConfigurationFile.load(TrainingConfiguration.class, configuration, System.getenv())
                    .of(settings);
        }
        if (noRanker) {
            return settings.withoutRanker();
        }
        return input().impressions() == null ? settings.withoutImpressions() : settings;
    }

    private static void show(Console console, TrainingReport report) {
        console.object(report.json());
        report.text().lines().forEach(console::line);
    }
}
