package dev.funnel.benchmarks.retrieval;

import dev.funnel.benchmarks.retrieval.Contender.Built;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.ItemFilter;
import dev.funnel.trainer.Progress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How fast is each index at which recall?
 *
 * <p>All contenders build over the same vectors and answer the same queries in one run, each over a grid of efforts, and are compared at
 * equal recall. A filter accepts a fixed random share of the items, and the truth is found anew for it; each index is built once for all
 * filters.
 *
 * @param contenders who takes part, in this order
 * @param k items wanted
 * @param filterShares the share of the items that each filter accepts, above 0; 1: no filter
 * @param seconds of each measurement of speed
 * @param threads that build
 */
public record RetrievalBench(List<String> contenders, int k, List<Double> filterShares, double seconds, int threads) {

    /** Recall at which speed with a filter is compared with that without. */
    private static final double COMPARED = .95;

    /** Recall beyond which more effort shows nothing. */
    private static final double ENOUGH_RECALL = .9995;

    /** A graph so many times slower than the plain scan of the same run is followed no further. */
    private static final double HOPELESS = 10;

    private static final long SCAN_NANOS = 300_000_000;

    /** Those that are other people's. */
    public static List<String> peers() {
        return all().stream().filter(Contender::peer).map(Contender::label).toList();
    }

    /** All there are, the limit first, then ours, then peers. */
    public static List<String> labels() {
        return all().stream().map(Contender::label).toList();
    }

    /** Why the contender of a label is not built over so many items, for people; empty: it is. */
    public static Optional<String> refusal(String label, int items) {
        return all().stream()
                .filter(contender -> contender.label().equals(label))
                .findFirst()
                .map(contender -> contender.refusal(items));
    }

    private static List<Contender> all() {
        List<Contender> all = new ArrayList<>(List.of(new ScanContender()));
        all.addAll(List.of(IndexContender.values()));
        all.addAll(List.of(new JelmerkContender(), new LuceneContender(true), new LuceneContender(false)));
        return all;
    }

    /**
     * Runs everything, one contender after the other.
     *
     * @param each told every point as soon as it is measured
     * @return how ours compare with the peers, and what filters cost
     */
    public Findings run(VectorSet given, Consumer<Point> each, Progress progress) throws Exception {
        List<Measurement> measurements = filterShares.stream()
                .map(share -> measurement(given, share, progress))
                .toList();
        double leastQps = scanQps(measurements.getFirst(), progress) / HOPELESS;
        List<Point> points = new ArrayList<>();
        for (Contender contender : all()) {
            if (contenders.contains(contender.label())) {
                measure(contender, measurements, leastQps, progress, point -> {
                    points.add(point);
                    each.accept(point);
                });
            }
        }
        List<Comparison> comparisons = filterShares.stream()
                .map(share ->
                        points.stream().filter(point -> point.filter() == share).toList())
                .flatMap(part -> new Curves(part).comparisons().stream())
                .toList();
        return new Findings(comparisons, new Curves(points).slowdowns(COMPARED));
    }

    /** What all points come to. */
    public record Findings(List<Comparison> comparisons, List<Slowdown> slowdowns) {}

    private Measurement measurement(VectorSet given, double share, Progress progress) {
        ItemTest filter = filter(given.items().rows(), share);
        VectorSet set = filter == ItemTest.ALL
                ? given
                : given.withTruth(new FloatScan(given.items(), given.similarity())
                        .answers(given.queries(), k, filter, threads, progress));
        return new Measurement(set, k, share, filter, seconds);
    }

    private double scanQps(Measurement measurement, Progress progress) {
        FloatScan scan =
                new FloatScan(measurement.set().items(), measurement.set().similarity());
        progress.advance("measuring the plain scan", 0);
        long started = System.nanoTime();
        int asked = 0;
        do {
            scan.search(
                    measurement.set().queries()[asked++ % measurement.set().queries().length], k, measurement.filter());
        } while (System.nanoTime() - started < SCAN_NANOS);
        return asked / ((System.nanoTime() - started) / 1e9);
    }

    private void measure(
            Contender contender,
            List<Measurement> measurements,
            double leastQps,
            Progress progress,
            Consumer<Point> each)
            throws Exception {
        progress.advance("building " + contender.label(), 0);
        long started = System.nanoTime();
        try (Built built = contender.build(measurements.getFirst().set(), threads, progress)) {
            double buildSeconds = (System.nanoTime() - started) / 1e9;
            progress.advance("opening " + contender.label(), 0);
            @Nullable
            Double openSeconds = built.openSeconds(measurements.getFirst().set(), k);
            int[] efforts = built.efforts(k);
            for (Measurement measurement : measurements) {
                for (int i = 0; i < efforts.length; i++) {
                    progress.advance("measuring " + contender.label(), (double) i / efforts.length);
                    Point point = measurement.point(contender, built, efforts[i], buildSeconds, openSeconds);
                    each.accept(point);
                    if (point.recall() > ENOUGH_RECALL || point.qpsOneThread() < leastQps) {
                        break;
                    }
                }
            }
        }
    }

    /** Accepts a share of the items, drawn by their index alone; as a bitmap, which is what candidate-service makes of predicates. */
    private static ItemTest filter(int items, double share) {
        if (share >= 1) {
            return ItemTest.ALL;
        }
        long bound = (long) (share * (1L << 31));
        BitSet accepted = new BitSet(items);
        IntStream.range(0, items).filter(item -> mixed(item) < bound).forEach(accepted::set);
        return ItemFilter.accepting(accepted);
    }

    /** Uniform in 0 to 2^31 - 1 (Steele et al. 2014, the finaliser of SplitMix). */
    private static int mixed(int item) {
        int z = item * 0x9E3779B9;
        z = (z ^ (z >>> 16)) * 0x85EBCA6B;
        z = (z ^ (z >>> 13)) * 0xC2B2AE35;
        return (z ^ (z >>> 16)) >>> 1;
    }
}
