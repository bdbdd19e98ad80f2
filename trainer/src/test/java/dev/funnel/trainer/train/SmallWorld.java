package dev.funnel.trainer.train;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.generate.GeneratorKinds;
import dev.funnel.trainer.generate.GeneratorPlan;
import dev.funnel.trainer.read.LogReader;
import dev.funnel.trainer.read.ReadSettings;
import dev.funnel.trainer.read.TrainingInput;
import dev.funnel.trainer.read.TrainingLog;
import dev.funnel.trainer.simulate.DemoFiles;
import dev.funnel.trainer.simulate.DemoSettings;
import dev.funnel.trainer.simulate.FileFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A demo world of seed 11 that trains in seconds, and settings that fit it. */
record SmallWorld(Path directory, TrainingInput input, TrainingLog log) {

    static final DemoSettings SIZE = new DemoSettings(600, 300, 30, 60_000, 11);

    static SmallWorld generate(Path parent) throws IOException {
        Path world = new DemoFiles(SIZE, FileFormat.PARQUET, 2)
                .generate(parent.resolve("world"), Progress.SILENT)
                .directory();
        TrainingInput input = new TrainingInput(
                world.resolve("items.parquet"),
                world.resolve("users.parquet"),
                world.resolve("interactions.parquet"),
                world.resolve("impressions.parquet"));
        return new SmallWorld(world, input, LogReader.read(input, ReadSettings.DEFAULT, Progress.SILENT));
    }

    static TrainingSettings settings() {
        return settings(.004);
    }

    /** @param regularization of the factorisation */
    static TrainingSettings settings(double regularization) {
        return TrainingSettings.defaults(1, 2)
                .withGenerators(List.of(
                        plan(Map.of(
                                "name",
                                "als",
                                "kind",
                                "wals",
                                "limit",
                                200,
                                "dimensions",
                                12,
                                "sweeps",
                                6,
                                "regularization",
                                regularization)),
                        plan(Map.of("name", "covisit", "kind", "covisitation", "limit", 100)),
                        plan(Map.of("name", "popular", "kind", "popular", "limit", 50, "length", 1_000)),
                        plan(Map.of("name", "newest", "kind", "newest", "limit", 50, "length", 1_000))));
    }

    private static GeneratorPlan plan(Map<String, Object> keys) {
        return GeneratorKinds.installed().plan(keys);
    }
}
