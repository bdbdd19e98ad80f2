package dev.funnel.benchmarks.serve;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.read.LogReader;
import dev.funnel.trainer.read.ReadSettings;
import dev.funnel.trainer.read.TrainingInput;
import dev.funnel.trainer.simulate.DemoFiles;
import dev.funnel.trainer.simulate.DemoSettings;
import dev.funnel.trainer.simulate.FileFormat;
import dev.funnel.trainer.train.TrainingRun;
import dev.funnel.trainer.train.TrainingSettings;
import dev.funnel.trainer.train.WorseThanPopularityException;
import java.io.IOException;
import java.nio.file.Path;

/** A bundle trained on a simulated log: what is measured if no bundle is named. */
public final class BenchBundle {

    /** The name it is published under. */
    public static final String NAME = "bench";

    private static final int USERS = 3_000;
    private static final int DAYS = 30;
    private static final int IMPRESSIONS_PER_ITEM = 5;
    private static final FileFormat FORMAT = FileFormat.PARQUET;

    private BenchBundle() {}

    /**
     * Simulates, trains and publishes under {@code folder}, without a ranker.
     *
     * @param items size of the catalogue, 10 to 10,000,000
     * @return the root of the bundles
     */
    public static Path train(Path folder, int items, long seed, Progress progress)
            throws IOException, BundleRefusedException, WorseThanPopularityException {
        return train(folder, items, settings(seed).withoutRanker(), progress);
    }

    /** The same with a ranker. */
    public static Path trainWithRanker(Path folder, int items, long seed, Progress progress)
            throws IOException, BundleRefusedException, WorseThanPopularityException {
        return train(folder, items, settings(seed), progress);
    }

    private static Path train(Path folder, int items, TrainingSettings settings, Progress progress)
            throws IOException, BundleRefusedException, WorseThanPopularityException {
        int impressions = Math.max(USERS, Math.min(100_000_000, IMPRESSIONS_PER_ITEM * items));
        Path data = folder.resolve("data");
        DemoSettings world = new DemoSettings(items, USERS, DAYS, impressions, settings.seed());
        new DemoFiles(world, FORMAT, settings.threads()).generate(data, progress.part(0, .3));
        Path root = folder.resolve("bundles");
        TrainingRun.run(
                LogReader.read(input(data), ReadSettings.DEFAULT, progress.part(.3, .4)),
                new BundleStore(root, NAME),
                settings,
                progress.part(.4, 1));
        return root;
    }

    /** Published however good it is: nobody is served from it. */
    private static TrainingSettings settings(long seed) {
        int threads = Runtime.getRuntime().availableProcessors();
        TrainingSettings usual = TrainingSettings.defaults(seed, threads);
        return new TrainingSettings(
                usual.positives(),
                usual.generators(),
                usual.rankerVectors(),
                usual.ranker(),
                usual.heldOutShare(),
                usual.lessons(),
                usual.historyLength(),
                usual.mostEvaluated(),
                true,
                seed,
                threads);
    }

    private static TrainingInput input(Path data) {
        return new TrainingInput(
                data.resolve(FORMAT.fileOf("items")),
                data.resolve(FORMAT.fileOf("users")),
                data.resolve(FORMAT.fileOf("interactions")),
                data.resolve(FORMAT.fileOf("impressions")));
    }
}
