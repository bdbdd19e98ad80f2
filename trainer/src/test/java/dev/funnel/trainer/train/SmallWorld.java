package dev.funnel.trainer.train;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.CovisitationSettings;
import dev.funnel.trainer.fit.WalsSettings;
import dev.funnel.trainer.read.LogReader;
import dev.funnel.trainer.read.ReadSettings;
import dev.funnel.trainer.read.TrainingInput;
import dev.funnel.trainer.read.TrainingLog;
import dev.funnel.trainer.simulate.DemoFiles;
import dev.funnel.trainer.simulate.DemoSettings;
import dev.funnel.trainer.simulate.FileFormat;
import java.io.IOException;
import java.nio.file.Path;

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
        return TrainingSettings.defaults(1, 2)
                .withGenerators(new GeneratorSettings(
                        new WalsSettings(12, 6, .15, .004, 1, 42, 2), CovisitationSettings.defaults(2), 14, 1_000));
    }
}
