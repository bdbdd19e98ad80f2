package dev.funnel.cli.command;

import dev.funnel.benchmarks.load.Arrivals;
import dev.funnel.benchmarks.load.Load;
import dev.funnel.cli.bench.Chaos;
import dev.funnel.cli.bench.HedgingBench;
import dev.funnel.cli.bench.QuotaBench;
import dev.funnel.cli.bench.ServeBench;
import dev.funnel.cli.bench.ServePlan;
import dev.funnel.cli.bench.SettingOverride;
import dev.funnel.cli.bench.SwapBench;
import dev.funnel.cli.cluster.Service;
import dev.funnel.cli.console.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole funnel under load. */
@Command(
        name = "serve",
        description = {
            "Starts the four services from a folder of bundles, asks the gateway for slates at a rate, and shows what became of the",
            "requests and where their time went, beside four empty gRPC hops at the same rate in the same run.",
            "It trains nothing: ./funnel demo --once leaves bundles in demo-world/bundles."
        },
        mixinStandardHelpOptions = true)
public final class BenchServeCommand extends WorkingCommand {

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            defaultValue = "demo-world/bundles",
            description = "root of the bundle folder (default: ${DEFAULT-VALUE})")
    private Path bundles = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "demo",
            description = "name of the bundle (default: ${DEFAULT-VALUE})")
    private String name = "";

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            defaultValue = "",
            description = "a gateway that runs already and serves that bundle; absent: the services are started")
    private String target = "";

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "100",
            description = "requests a second (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(
            names = "--rates",
            paramLabel = "R",
            split = ",",
            description = "several rates, one after the other, in the same run; in place of --rate")
    private List<Double> rates = List.of();

    @Option(
            names = "--find-peak",
            description = "raise the rate, from --rate on, until complete answers a second rise no more")
    private boolean findPeak;

    @Option(
            names = "--overload",
            paramLabel = "X",
            description = "find the peak, then load it with X times as much, with admission and without")
    private @Nullable Double overload;

    @Option(
            names = "--swap-every",
            paramLabel = "S",
            description = {
                "publish the bundle anew every so many seconds while it is under load; after the fifth time and at the end",
                "it is shown what each service holds: live heap, anonymous memory, mappings, descriptors, threads"
            })
    private @Nullable Double swapEvery;

    @Option(
            names = "--chaos",
            paramLabel = "WHAT:STAGE",
            description =
                    "do something to a stage under load: kill, stop or slow; e.g. slow:ranking. No request may fail. Stop and slow also go with --swap-every")
    private @Nullable String chaos;

    @Option(
            names = "--quota",
            description = "beside the load, one client asks 50 times its quota: what the others notice of it")
    private boolean quota;

    @Option(
            names = "--hedging",
            paramLabel = "STAGE",
            description = "two replicas of a stage, e.g. ranking, one of them slow: times without hedging and with it")
    private @Nullable String hedging;

    @Option(
            names = "--hedging-delay",
            paramLabel = "MS",
            defaultValue = "20",
            description = "after which the second replica is asked, milliseconds (default: ${DEFAULT-VALUE})")
    private long hedgingDelayMillis;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "20",
            description = "of each part that is measured (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "20",
            description = "seconds of load before anything is counted (default: ${DEFAULT-VALUE})")
    private double warmUp;

    @Option(
            names = "--arrivals",
            defaultValue = "poisson",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Arrivals arrivals = Arrivals.POISSON;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "of users, items and arrivals (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--slate",
            paramLabel = "N",
            defaultValue = "20",
            description = "items asked for (default: ${DEFAULT-VALUE})")
    private int slate;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            defaultValue = "300",
            description = "items that the generators nominate together, doubles included (default: ${DEFAULT-VALUE})")
    private int candidates;

    @Option(
            names = "--deadline",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "milliseconds that the client waits for an answer (default: ${DEFAULT-VALUE})")
    private long deadlineMillis;

    @Option(
            names = "--set",
            paramLabel = "SERVICE.KEY=VALUE",
            description =
                    "a setting that differs from the sample, e.g. gateway.server.admission.max=64; may be repeated")
    private List<String> settings = List.of();

    @Option(
            names = "--jvm",
            paramLabel = "SERVICE=FLAG",
            description = "a further flag for a service's JVM, e.g. ranking=-XX:+UseG1GC; may be repeated")
    private List<String> jvmFlags = List.of();

    @Override
    void run(Console console) throws Exception {
        check();
        ServePlan plan = plan();
        try (ScratchFolder folder = ScratchFolder.create("funnel-bench-")) {
            ServeBench bench = new ServeBench(plan, folder.path(), console);
            Chaos done = chaos == null ? null : Options.parsed("--chaos", chaos, Chaos::parse);
            if (overload != null) {
                bench.overload(overload);
            } else if (swapEvery != null) {
                new SwapBench(plan, folder.path(), console).run(duration(swapEvery), done);
            } else if (done != null) {
                bench.under(done);
            } else if (quota) {
                new QuotaBench(plan, folder.path(), console).run();
            } else if (hedging != null) {
                Service stage = Options.parsed("--hedging", hedging, BenchServeCommand::stage);
                new HedgingBench(plan, folder.path(), console).run(stage, Duration.ofMillis(hedgingDelayMillis));
            } else if (findPeak) {
                var _ = bench.findPeak();
            } else {
                bench.atRates(rates.isEmpty() ? List.of(rate) : rates);
            }
        }
    }

    private void check() {
        Options.seconds(seconds);
        Options.require(rate > 0 && rate <= 100_000, "--rate", rate, "must be above 0 and at most 100,000");
        for (double each : rates) {
            Options.require(each > 0 && each <= 100_000, "--rates", each, "must be above 0 and at most 100,000");
        }
        Options.warmUp(warmUp);
        Options.require(overload == null || overload > 1, "--overload", String.valueOf(overload), "must be above 1");
        Options.require(
                swapEvery == null || swapEvery >= 1, "--swap-every", String.valueOf(swapEvery), "must be at least 1");
        Options.require(
                swapEvery == null || chaos == null || !chaos.startsWith("kill"),
                "--chaos",
                String.valueOf(chaos),
                "does not go with --swap-every, which compares what a process holds early and late");
        Options.require(
                target.isEmpty()
                        || (overload == null && swapEvery == null && chaos == null && !quota && hedging == null),
                "--target",
                target,
                "is loaded as it is: leave out --overload, --swap-every, --chaos, --quota and --hedging");
        Options.between("--hedging-delay", hedgingDelayMillis, 1, 10_000);
        Options.between("--slate", slate, 1, 500);
        Options.between("--candidates", candidates, 1, 10_000);
        Options.between("--deadline", deadlineMillis, 1, 60_000);
        Options.require(
                Files.isDirectory(bundles), "--bundles", bundles, "is not a folder; ./funnel demo --once makes one");
    }

    private ServePlan plan() {
        return new ServePlan(
                bundles,
                name,
                target,
                new Load(arrivals, rate, duration(seconds), seed),
                duration(warmUp),
                slate,
                candidates,
                Duration.ofMillis(deadlineMillis),
                settings.stream()
                        .map(text -> Options.parsed("--set", text, SettingOverride::parse))
                        .toList(),
                flags(),
                Map.of(),
                "");
    }

    private static Service stage(String label) {
        return Arrays.stream(Service.values())
                .filter(each -> each != Service.GATEWAY && each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be candidate, ranking or reranker"));
    }

    private Map<Service, List<String>> flags() {
        Map<Service, List<String>> flags = new EnumMap<>(Service.class);
        for (String text : jvmFlags) {
            String[] parts = text.split("=", 2);
            boolean known = Arrays.stream(Service.values())
                    .anyMatch(each -> each.label().equals(parts[0]));
            Options.require(
                    known && parts.length == 2, "--jvm", text, "must be service=flag, e.g. ranking=-XX:+UseG1GC");
            flags.merge(
                    Service.valueOf(parts[0].toUpperCase(Locale.ROOT)), List.of(parts[1]), BenchServeCommand::joined);
        }
        return flags;
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }
}
