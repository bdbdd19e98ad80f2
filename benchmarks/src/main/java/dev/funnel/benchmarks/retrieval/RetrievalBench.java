package dev.funnel.benchmarks.retrieval;

import dev.funnel.benchmarks.retrieval.Contender.Built;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.ItemFilter;
import dev.funnel.trainer.Progress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How fast is each index at which recall?
 *
 * <p>All contenders build over the same vectors and answer the same queries in one run, each over a grid of efforts, and are compared at
 * equal recall. A filter, if there is one, accepts a fixed random share of the items; the truth is then found anew.
 *
 * @param contenders who takes part, in this order
 * @param k items wanted
 * @param filterShare share of the items that the filter accepts, above 0; 1: no filter
 * @param seconds of each measurement of speed
 * @param threads that build
 */
public record RetrievalBench(List<String> contenders, int k, double filterShare, double seconds, int threads) {

    /** Recall beyond which more effort shows nothing. */
    private static final double ENOUGH_RECALL = .9995;

    /** A graph so many times slower than the plain scan of the same run is followed no further. */
    private static final double HOPELESS = 10;

    private static final long SCAN_NANOS = 300_000_000;

    /** All there are, the limit first, then ours, then peers. */
    public static List<String> labels() {
        return all().stream().map(Contender::label).toList();
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
     * @return how ours compare with the peers
     */
    public List<Comparison> run(VectorSet given, Consumer<Point> each, Progress progress) throws Exception {
        ItemTest filter = filter(given.items().rows());
        VectorSet set = filter == ItemTest.ALL
                ? given
                : given.withTruth(new FloatScan(given.items(), given.similarity())
                        .answers(given.queries(), k, filter, threads, progress));
        Measurement measurement = new Measurement(set, k, filter, seconds);
        double leastQps = scanQps(measurement, progress) / HOPELESS;
        List<Point> points = new ArrayList<>();
        for (Contender contender : all()) {
            if (contenders.contains(contender.label())) {
                measure(contender, measurement, leastQps, progress).forEach(point -> {
                    points.add(point);
                    each.accept(point);
                });
            }
        }
        return new Curves(points).comparisons();
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

    private List<Point> measure(Contender contender, Measurement measurement, double leastQps, Progress progress)
            throws Exception {
        progress.advance("building " + contender.label(), 0);
        long started = System.nanoTime();
        List<Point> points = new ArrayList<>();
        try (Built built = contender.build(measurement.set(), threads, progress)) {
            double buildSeconds = (System.nanoTime() - started) / 1e9;
            int[] efforts = built.efforts(k);
            for (int i = 0; i < efforts.length; i++) {
                progress.advance("measuring " + contender.label(), (double) i / efforts.length);
                Point point = measurement.point(contender, built, efforts[i], buildSeconds);
                points.add(point);
                if (point.recall() > ENOUGH_RECALL || point.qpsOneThread() < leastQps) {
                    break;
                }
            }
        }
        return points;
    }

    /** Accepts a share of the items, drawn by their index alone; as a bitmap, which is what candidate-service makes of predicates. */
    private ItemTest filter(int items) {
        if (filterShare >= 1) {
            return ItemTest.ALL;
        }
        long bound = (long) (filterShare * (1L << 31));
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
