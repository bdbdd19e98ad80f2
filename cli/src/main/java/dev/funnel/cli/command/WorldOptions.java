package dev.funnel.cli.command;

import dev.funnel.trainer.simulate.DemoSettings;
import picocli.CommandLine.Option;

/** Size and seed of the simulated video site. */
final class WorldOptions {

    @Option(
            names = "--items",
            paramLabel = "N",
            defaultValue = "20000",
            description = "videos (default: ${DEFAULT-VALUE})")
    private int items;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "5000",
            description = "viewers (default: ${DEFAULT-VALUE})")
    private int users;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "60",
            description = "days of impressions (default: ${DEFAULT-VALUE})")
    private int days;

    @Option(
            names = "--impressions",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "videos shown in all (default: ${DEFAULT-VALUE})")
    private int impressions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "everything follows from it (default: ${DEFAULT-VALUE})")
    private long seed;

    DemoSettings settings() {
        Options.between("--items", items, 10, 10_000_000);
        Options.between("--users", users, 1, 10_000_000);
        Options.between("--days", days, 1, 3_650);
        Options.between("--impressions", impressions, users, 100_000_000);
        return new DemoSettings(items, users, days, impressions, seed);
    }
}
