package dev.funnel.trainer.evaluate.ranker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well predicted play times order the rows of a page: all pairs of rows of one page that were played for different times.
 * A tie is a wrong order.
 */
final class PlayTimeMeasures {
    private PlayTimeMeasures() {}

    /**
     * {@code pairs_right}: share of the pairs in the right order; {@code time_lost}: share of the longer play times that stand in pairs
     * of the wrong order, the weighted loss of Covington et al. (2016, section 4.3); {@code expected_to_played}: the sum of the
     * predictions over that of the play times.
     */
    static Map<String, Double> of(float[] predictions, Examples rows) {
        Map<Integer, List<Integer>> pages = new HashMap<>();
        double expected = 0;
        double played = 0;
        for (int row = 0; row < predictions.length; row++) {
            pages.computeIfAbsent(rows.pages()[row], page -> new ArrayList<>()).add(row);
            expected += predictions[row];
            played += rows.labels()[row];
        }
        Pairs pairs = new Pairs();
        pages.values().forEach(page -> pairs.add(page, predictions, rows.labels()));
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("pairs_right", (double) pairs.right / pairs.all);
        measures.put("time_lost", pairs.lost / pairs.time);
        measures.put("expected_to_played", expected / played);
        return measures;
    }

    private static final class Pairs {
        private long all;
        private long right;
        private double time;
        private double lost;

        void add(List<Integer> page, float[] predictions, float[] played) {
            for (int longer : page) {
                for (int shorter : page) {
                    if (played[longer] > played[shorter]) {
                        boolean ordered = predictions[longer] > predictions[shorter];
                        all++;
                        right += ordered ? 1 : 0;
                        time += played[longer];
                        lost += ordered ? 0 : played[longer];
                    }
                }
            }
        }
    }
}
