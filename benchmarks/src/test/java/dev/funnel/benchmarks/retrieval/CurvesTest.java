package dev.funnel.benchmarks.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {

    @Test
    void between_two_points_speed_is_geometric_in_recall() {
        List<Point> curve = List.of(point("ours", false, .8, 1_000), point("ours", false, .9, 10));
        assertEquals(100, Curves.qpsAt(curve, .85).orElseThrow(), 1e-6);
    }

    @Test
    void a_faster_point_of_higher_recall_counts_at_every_lower_recall() {
        List<Point> curve = List.of(point("ours", false, .8, 10), point("ours", false, .95, 50));
        assertEquals(50, Curves.qpsAt(curve, .9).orElseThrow(), 1e-6);
    }

    @Test
    void a_recall_that_no_point_reaches_has_no_speed() {
        assertTrue(Curves.qpsAt(List.of(point("ours", false, .8, 10)), .81).isEmpty());
    }

    @Test
    void ours_is_compared_with_the_fastest_peer_that_reaches_the_recall() {
        Comparison at = comparison(
                .95, point("ours", false, .99, 400), point("slow", true, .99, 50), point("fast", true, .9, 900));
        assertEquals("slow", at.peer());
        assertEquals(8, at.ratio(), 1e-9);
    }

    @Test
    void where_no_peer_reaches_the_recall_the_one_that_comes_nearest_counts_at_its_best() {
        Comparison at = comparison(
                .99, point("ours", false, .99, 400), point("near", true, .94, 100), point("far", true, .5, 9_000));
        assertEquals("near", at.peer());
        assertEquals(.94, at.peerRecall());
        assertEquals(4, at.ratio(), 1e-9);
    }

    @Test
    void the_highest_recall_of_a_peer_is_a_level_of_its_own() {
        comparison(.937, point("ours", false, .99, 400), point("peer", true, .937, 100));
    }

    @Test
    void a_filter_costs_what_it_takes_from_the_speed_without_one_at_the_same_recall() {
        Point without = point("ours", false, .97, 900);
        Point with = new Point("ours", false, 1, .96, 300, 300, 1, 1, 0, 0, null, .1);
        Point alone = new Point("other", false, 1, .96, 300, 300, 1, 1, 0, 0, null, .1);
        assertEquals(
                List.of(new Slowdown("ours", .1, .95, 300, 300 / 900.)),
                new Curves(List.of(without, with, alone)).slowdowns(.95));
    }

    private static Comparison comparison(double recall, Point... points) {
        return new Curves(List.of(points))
                .comparisons().stream()
                        .filter(each -> each.recall() == recall)
                        .findFirst()
                        .orElseThrow();
    }

    private static Point point(String index, boolean peer, double recall, double qps) {
        return new Point(index, peer, 1, recall, qps, qps, 1, 1, 0, 0, null, 1);
    }
}
