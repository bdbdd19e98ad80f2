package dev.funnel.cli.command;

import dev.funnel.benchmarks.retrieval.Comparison;
import dev.funnel.benchmarks.retrieval.Point;
import dev.funnel.benchmarks.retrieval.RetrievalBench;
import dev.funnel.benchmarks.retrieval.Slowdown;
import dev.funnel.benchmarks.retrieval.VectorSet;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import dev.funnel.retrieval.QueryBounds;
import dev.funnel.retrieval.Similarity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Nearest-neighbour search: recall and speed of every index, beside jelmerk's and Lucene's. */
@Command(
        name = "retrieval",
        description = {
            "Recall and speed of every index over a grid of efforts, beside HNSWlib-java (jelmerk) and Lucene's HNSW,",
            "and the ratio to the best of them at equal recall.",
            "Either --base and --queries (fvecs; --truth ivecs, else it is computed), or --synthetic."
        },
        mixinStandardHelpOptions = true)
public final class BenchRetrievalCommand extends WorkingCommand {

    private static final String NONE = "none";

    @Mixin
    private final VectorSetOptions vectors = new VectorSetOptions();

    @Option(
            names = "--similarity",
            paramLabel = "NAME",
            defaultValue = "dot",
            description = "dot, cosine or euclidean (default: ${DEFAULT-VALUE})")
    private String similarity = "";

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "100",
            description = "items wanted (default: ${DEFAULT-VALUE})")
    private int k;

    @Option(
            names = "--index",
            paramLabel = "NAME",
            split = ",",
            description =
                    "who takes part, separated by commas, of float-scan (the limit), exact, union-graph, hnswlib (built on"
                            + " jelmerk's library; up to 250,000 items) and the peers; default: all that suit")
    private List<String> indexes = new ArrayList<>();

    @Option(
            names = "--peers",
            paramLabel = "NAME",
            split = ",",
            description =
                    "which of the libraries of others take part, separated by commas: jelmerk, lucene, lucene-raw, or none;"
                            + " default: all")
    private List<String> peers = new ArrayList<>();

    @Option(
            names = "--filter",
            paramLabel = "SHARE",
            split = ",",
            defaultValue = "1",
            description = "a filter accepts this share of the items; 1: no filter; several, separated by commas, are"
                    + " measured on one build (default: ${DEFAULT-VALUE})")
    private List<Double> filterShares = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "length of each measurement of speed (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "threads that build (default: ${DEFAULT-VALUE})")
    private int threads;

    @Override
    void run(Console console) throws Exception {
        List<String> all = RetrievalBench.labels();
        Options.between("--k", k, 1, QueryBounds.MOST_HITS);
        Options.between("--threads", threads, 1, 1_024);
        for (double share : filterShares) {
            Options.require(share > 0 && share <= 1, "--filter", share, "must be above 0 and at most 1");
        }
        Options.seconds(seconds);
        for (String index : indexes) {
            Options.require(all.contains(index), "--index", index, "must be one of " + String.join(", ", all));
        }
        for (String peer : peers) {
            boolean known = peer.equals(NONE) || RetrievalBench.peers().contains(peer);
            Options.require(known, "--peers", peer, "must be none or of " + String.join(", ", RetrievalBench.peers()));
        }
        Similarity by = Options.parsed("--similarity", similarity, Similarity::labelled);
        VectorSet set = vectors.read(by, k, threads, console.progress());
        TextTable points = new TextTable(
                "index",
                "filter",
                "effort",
                "recall",
                "qps 1 thread",
                "2 threads",
                "p50 us",
                "p99 us",
                "build s",
                "open s",
                "MiB");
        RetrievalBench.Findings findings = new RetrievalBench(
                        contenders(all, set.items().rows(), console), k, filterShares, seconds, threads)
                .run(set, point -> show(point, set, console, points), console.progress());
        points.lines().forEach(console::line);
        show(findings.comparisons(), console);
        showSlowdowns(findings.slowdowns(), console);
    }

    /** Those asked for, or else all that suit. */
    private List<String> contenders(List<String> all, int items, Console console) {
        return (indexes.isEmpty() ? all : indexes)
                .stream()
                        .filter(name -> peers.isEmpty()
                                || peers.contains(name)
                                || !RetrievalBench.peers().contains(name))
                        .filter(name -> suits(name, items, console))
                        .toList();
    }

    private boolean suits(String name, int items, Console console) {
        String refusal = RetrievalBench.refusal(name, items).orElse(null);
        if (refusal != null) {
            Options.require(!indexes.contains(name), "--index", name, "must be left out: " + refusal);
            console.remark(name + " is left out: " + refusal);
        }
        return refusal == null;
    }

    private static void showSlowdowns(List<Slowdown> slowdowns, Console console) {
        if (slowdowns.isEmpty()) {
            return;
        }
        TextTable table = new TextTable("index", "filter keeps", "at recall", "qps", "of unfiltered");
        for (Slowdown each : slowdowns) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("index", each.index());
            object.put("filter", each.filter());
            object.put("at_recall", each.recall());
            object.put("qps_1", rounded(each.qps(), 10));
            object.put("of_unfiltered", rounded(each.ratio(), 100));
            console.object(object);
            table.row(
                    each.index(),
                    each.filter(),
                    each.recall(),
                    "%.0f".formatted(each.qps()),
                    "%.2f".formatted(each.ratio()));
        }
        console.line("");
        table.lines().forEach(console::line);
    }

    private void show(Point point, VectorSet set, Console console, TextTable table) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("index", point.index());
        object.put("effort", point.effort());
        object.put("recall", rounded(point.recall(), 1e5));
        object.put("qps_1", rounded(point.qpsOneThread(), 10));
        object.put("qps_2", rounded(point.qpsTwoThreads(), 10));
        object.put("p50_us", rounded(point.p50Micros(), 10));
        object.put("p99_us", rounded(point.p99Micros(), 10));
        object.put("build_seconds", rounded(point.buildSeconds(), 1e3));
        object.put("bytes", point.bytes());
        Double openSeconds = point.openSeconds();
        if (openSeconds != null) {
            object.put("open_seconds", rounded(openSeconds, 1e3));
        }
        object.put("items", set.items().rows());
        object.put("k", k);
        object.put("similarity", similarity);
        object.put("filter", point.filter());
        console.object(object);
        table.row(
                point.index(),
                point.filter(),
                point.effort(),
                "%.4f".formatted(point.recall()),
                "%.0f".formatted(point.qpsOneThread()),
                "%.0f".formatted(point.qpsTwoThreads()),
                "%.0f".formatted(point.p50Micros()),
                "%.0f".formatted(point.p99Micros()),
                "%.2f".formatted(point.buildSeconds()),
                openSeconds == null ? "" : "%.2f".formatted(openSeconds),
                "%.1f".formatted(point.bytes() / 1048576.0));
    }

    private static void show(List<Comparison> comparisons, Console console) {
        if (comparisons.isEmpty()) {
            return;
        }
        TextTable table =
                new TextTable("filter", "at recall", "index", "qps", "best peer", "its recall", "its qps", "ratio");
        for (Comparison each : comparisons) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("filter", each.filter());
            object.put("at_recall", rounded(each.recall(), 1e5));
            object.put("index", each.index());
            object.put("qps_1", rounded(each.qps(), 10));
            object.put("best_peer", each.peer());
            object.put("peer_recall", rounded(each.peerRecall(), 1e5));
            object.put("peer_qps_1", rounded(each.peerQps(), 10));
            object.put("ratio", rounded(each.ratio(), 100));
            console.object(object);
            table.row(
                    each.filter(),
                    "%.4f".formatted(each.recall()),
                    each.index(),
                    "%.0f".formatted(each.qps()),
                    each.peer(),
                    "%.4f".formatted(each.peerRecall()),
                    "%.0f".formatted(each.peerQps()),
                    "%.2f".formatted(each.ratio()));
        }
        console.line("");
        table.lines().forEach(console::line);
    }

    private static double rounded(double value, double scale) {
        return Math.round(value * scale) / scale;
    }
}
