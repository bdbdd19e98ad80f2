package dev.funnel.cli.command;

import dev.funnel.cli.cluster.ClusterPlan;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.cluster.Ports;
import dev.funnel.cli.cluster.Service;
import dev.funnel.cli.cluster.ServiceConfiguration;
import dev.funnel.cli.console.Console;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs services until it is interrupted. */
@Command(
        name = "serve",
        description =
                "Runs one service in this process, or all four as child processes, until interrupted. All four have an item log in the"
                        + " folder item-log beside the bundles.",
        mixinStandardHelpOptions = true)
public final class ServeCommand extends WorkingCommand {

    private static final String BUNDLES = "bundles";
    private static final String NAME = "demo";
    private static final String ITEM_LOG = "item-log";
    private static final int MOST_PARTS = 64;

    /** What to run. */
    enum What {
        GATEWAY,
        CANDIDATE,
        RANKING,
        RERANKER,
        ALL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
    private What what = What.ALL;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration of the one service; absent: the sample, as in deploy/config")
    private @Nullable Path config;

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            description = "root of the bundle folder; absent: as configured, bundles in the samples")
    private @Nullable Path bundles;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "name of the bundle; absent: as configured, demo in the samples")
    private @Nullable String name;

    @Option(
            names = "--candidate-parts",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "processes that candidate generation is spread over, at most as many as the bundle has shards;"
                            + " with all (default: ${DEFAULT-VALUE})")
    private int candidateParts;

    @Override
    void run(Console console) throws Exception {
        Options.between("--candidate-parts", candidateParts, 1, MOST_PARTS);
        if (what == What.ALL) {
            Options.require(config == null, "--config", String.valueOf(config), "is for one service, not for all");
            serveAll(console);
        } else {
            Options.require(
                    candidateParts == 1, "--candidate-parts", candidateParts, "is for all, not for one service");
            serve(Service.valueOf(what.name()));
        }
    }

    private void serveAll(Console console) throws Exception {
        Path folder = Files.createTempDirectory("funnel-serve-");
        Path root = bundles == null ? Path.of(BUNDLES) : bundles;
        ClusterPlan plan = ClusterPlan.ofSamples(root, name == null ? NAME : name, folder, Ports.usualOrFree())
                .withItemLog(root.resolve(ITEM_LOG))
                .withCandidateParts(candidateParts);
        console.remark("starting the services; configuration and logs: " + folder);
        try (LocalCluster cluster = LocalCluster.start(plan)) {
            cluster.lines().forEach(console::line);
            cluster.awaitFailure();
        }
    }

    /** The service has a life of its own, with its own exit codes; this thread only waits to be told that it is over. */
    private void serve(Service service) throws Exception {
        String[] arguments = {"--config", configuration(service).toString()};
        Method main = Class.forName(service.mainClass()).getMethod("main", String[].class);
        Thread running = Thread.ofPlatform().name(service.label()).start(() -> invoke(main, arguments));
        try {
            running.join();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void invoke(Method main, String[] arguments) {
        try {
            main.invoke(null, (Object) arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path configuration(Service service) throws IOException {
        if (config != null) {
            Options.require(bundles == null, "--bundles", String.valueOf(bundles), "stands in the file of --config");
            Options.require(name == null, "--name", String.valueOf(name), "stands in the file of --config");
            return config;
        }
        ServiceConfiguration sample = ServiceConfiguration.sample(service);
        if (bundles != null) {
            sample.set(bundles.toString(), "bundles", "root");
        }
        if (name != null) {
            sample.set(name, "bundles", "name");
        }
        Path file = Files.createTempFile("funnel-" + service.label() + "-", ".yaml");
        sample.write(file);
        return file;
    }
}
