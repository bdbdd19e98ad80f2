package dev.funnel.benchmarks.retrieval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** All measured points, and how the indexes compare at equal recall. */
record Curves(List<Point> points) {

    private static final double[] LEVELS = {.80, .90, .95, .98, .99, .995};

    /** An index as exact as can be: answers that differ in ties only count as found. */
    private static final double EXACT = .99999;

    /** Ours against the best peer, at each level that ours reaches and at the highest recall that a peer reaches. */
    List<Comparison> comparisons() {
        List<Comparison> comparisons = new ArrayList<>();
        Map<String, List<Point>> peers = byIndex(true);
        if (peers.isEmpty()) {
            return comparisons;
        }
        TreeSet<Double> levels = new TreeSet<>();
        for (double level : LEVELS) {
            levels.add(level);
        }
        points.stream().filter(Point::peer).mapToDouble(Point::recall).max().ifPresent(levels::add);
        byIndex(false).forEach((index, curve) -> {
            for (double level : levels) {
                OptionalDouble qps = qpsAt(curve, level);
                if (qps.isPresent()) {
                    comparisons.add(compared(level, index, qps.getAsDouble(), peers));
                }
            }
        });
        return comparisons;
    }

    private Comparison compared(double level, String index, double qps, Map<String, List<Point>> peers) {
        Optional<Map.Entry<String, List<Point>>> reaching = peers.entrySet().stream()
                .filter(peer -> qpsAt(peer.getValue(), level).isPresent())
                .max(Comparator.comparingDouble(
                        peer -> qpsAt(peer.getValue(), level).getAsDouble()));
        Map.Entry<String, List<Point>> peer = reaching.orElseGet(() -> peers.entrySet().stream()
                .max(Comparator.comparingDouble(each -> best(each.getValue())))
                .orElseThrow());
        double at = reaching.isPresent() ? level : best(peer.getValue());
        return new Comparison(
                points.getFirst().filter(),
                level,
                index,
                qps,
                peer.getKey(),
                at,
                qpsAt(peer.getValue(), at).orElseThrow());
    }

    /** What each filter costs each index, where there is a curve without a filter to compare with. */
    List<Slowdown> slowdowns(double recall) {
        List<Slowdown> slowdowns = new ArrayList<>();
        points.stream().map(Point::index).distinct().forEach(index -> {
            OptionalDouble without = qpsAt(of(index, 1), recall);
            points.stream()
                    .filter(point -> point.index().equals(index) && point.filter() < 1)
                    .mapToDouble(Point::filter)
                    .distinct()
                    .forEach(filter -> {
                        OptionalDouble with = qpsAt(of(index, filter), recall);
                        if (without.isPresent() && with.isPresent()) {
                            slowdowns.add(new Slowdown(
                                    index,
                                    filter,
                                    recall,
                                    with.getAsDouble(),
                                    with.getAsDouble() / without.getAsDouble()));
                        }
                    });
        });
        return slowdowns;
    }

    private List<Point> of(String index, double filter) {
        return points.stream()
                .filter(point -> point.index().equals(index) && point.filter() == filter)
                .toList();
    }

    private static double best(List<Point> curve) {
        return curve.stream().mapToDouble(Point::recall).max().orElseThrow();
    }

    /**
     * Queries a second at a recall: the fastest point that reaches it, or, if that is faster, between two neighbouring points of the
     * curve on a line in recall and the logarithm of speed. Empty if no point reaches it.
     */
    static OptionalDouble qpsAt(List<Point> curve, double recall) {
        double wanted = Math.min(recall, EXACT);
        double best = Double.NaN;
        List<Point> byRecall =
                curve.stream().sorted(Comparator.comparingDouble(Point::recall)).toList();
        for (int i = 0; i < byRecall.size(); i++) {
            Point above = byRecall.get(i);
            if (above.recall() < wanted) {
                continue;
            }
            double qps = above.qpsOneThread();
            if (i > 0 && byRecall.get(i - 1).recall() < wanted) {
                qps = Math.max(qps, between(byRecall.get(i - 1), above, wanted));
            }
            best = Double.isNaN(best) ? qps : Math.max(best, qps);
        }
        return Double.isNaN(best) ? OptionalDouble.empty() : OptionalDouble.of(best);
    }

    private static double between(Point below, Point above, double recall) {
        double share = (recall - below.recall()) / (above.recall() - below.recall());
        double low = Math.log(below.qpsOneThread());
        double high = Math.log(above.qpsOneThread());
        return Math.exp(low + share * (high - low));
    }

    private Map<String, List<Point>> byIndex(boolean peer) {
        Map<String, List<Point>> curves = new LinkedHashMap<>();
        points.stream()
                .filter(point -> point.peer() == peer)
                .forEach(point -> curves.computeIfAbsent(point.index(), name -> new ArrayList<>())
                        .add(point));
        return curves;
    }
}
