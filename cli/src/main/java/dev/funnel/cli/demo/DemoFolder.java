package dev.funnel.cli.demo;

import dev.funnel.bundle.BundleStore;
import dev.funnel.cli.UsageException;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.read.TrainingInput;
import dev.funnel.trainer.simulate.DemoFiles;
import dev.funnel.trainer.simulate.DemoSettings;
import dev.funnel.trainer.simulate.DemoWorld;
import dev.funnel.trainer.simulate.FileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a demonstration keeps what it makes: the simulated logs in {@code data}, bundles in {@code bundles}, the services'
 * configuration and logs in {@code services}, changes of items in {@code item-log}.
 */
public record DemoFolder(Path root) {

    /** Name of the bundle. */
    public static final String BUNDLE = "demo";

    private static final FileFormat FORMAT = FileFormat.PARQUET;

    public Path data() {
        return root.resolve("data");
    }

    public Path bundles() {
        return root.resolve("bundles");
    }

    public Path services() {
        return root.resolve("services");
    }

    /** Changes of items between bundles. */
    public Path itemLog() {
        return root.resolve("item-log");
    }

    public BundleStore store() {
        return new BundleStore(bundles(), BUNDLE);
    }

    /** The world of these settings: the one that is there, or a new one. Refuses to replace another one. */
    DemoWorld world(DemoSettings settings, Progress progress) throws IOException {
        if (Files.exists(data().resolve(DemoWorld.TRUTH_FILE))) {
            DemoWorld there = DemoWorld.open(data());
            if (!there.settings().equals(settings)) {
                throw new UsageException(
                        "--out", root, "holds a world of other sizes or seed: name another folder, or remove it");
            }
            return there;
        }
        int threads = Runtime.getRuntime().availableProcessors();
        new DemoFiles(settings, FORMAT, threads).generate(data(), progress);
        return DemoWorld.open(data());
    }

    /** The files that the trainer reads. */
    TrainingInput input() {
        return new TrainingInput(file("items"), file("users"), file("interactions"), file("impressions"));
    }

    private Path file(String table) {
        return data().resolve(FORMAT.fileOf(table));
    }
}
