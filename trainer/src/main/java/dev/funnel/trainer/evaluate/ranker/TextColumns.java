package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.inference.feature.NumberScale;
import dev.funnel.trainer.learn.ScaleFitting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows as texts and numbers, being turned into {@link Examples}: codes, crosses and scales are those of the training rows alone.
 * Numbers become their cumulative share and its square and square root (Covington et al. 2016, section 4.1).
 */
final class TextColumns {
    private static final String BETWEEN = "\u001f";

    private final List<String> fields;
    private final List<List<String>> crosses;
    private final List<String> numbers;
    private final int leastCount;
    private final List<Row> rows = new ArrayList<>();

    /**
     * One row.
     *
     * @param texts a value of each field
     * @param numbers a value of each number; NaN: missing, which counts as the middle
     */
    record Row(String[] texts, float[] numbers, float label, int page) {}

    /** Which of the rows added, by their order. */
    record Parts(int[] training, int[] validation, int[] test) {}

    /**
     * @param crosses names of fields that are crossed
     * @param leastCount values rarer than that in the training rows are unknown
     */
    TextColumns(List<String> fields, List<List<String>> crosses, List<String> numbers, int leastCount) {
        this.fields = fields;
        this.crosses = crosses;
        this.numbers = numbers;
        this.leastCount = leastCount;
    }

    void add(Row row) {
        rows.add(row);
    }

    int size() {
        return rows.size();
    }

    /** All rows as examples, cut in three. */
    RankerData data(String name, RankerData.Task task, Parts parts, Map<String, String> notes) {
        Map<String, Integer> codes = new HashMap<>();
        int[][] coded = new int[fields.size()][];
        for (int field = 0; field < coded.length; field++) {
            coded[field] = codes(texts(field), fields.get(field), parts.training(), codes);
        }
        Map<String, Integer> crossCodes = new HashMap<>();
        int[][] crossed = new int[crosses.size()][];
        for (int cross = 0; cross < crossed.length; cross++) {
            crossed[cross] = codes(crossed(cross), "cross " + cross, parts.training(), crossCodes);
        }
        float[] labels = new float[rows.size()];
        float[] weights = new float[rows.size()];
        int[] pages = new int[rows.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = rows.get(row).label;
            weights[row] = 1;
            pages[row] = rows.get(row).page;
        }
        Examples all = new Examples(coded, crossed, numbers(parts.training()), labels, weights, pages);
        Layout layout = new Layout(fields, codes.size(), crossNames(), crossCodes.size(), numberNames());
        return new RankerData(
                name,
                task,
                layout,
                all.rows(parts.training()),
                all.rows(parts.validation()),
                all.rows(parts.test()),
                notes);
    }

    private String[] texts(int field) {
        return rows.stream().map(row -> row.texts[field]).toArray(String[]::new);
    }

    private String[] crossed(int cross) {
        int[] places = crosses.get(cross).stream().mapToInt(fields::indexOf).toArray();
        String[] texts = new String[rows.size()];
        for (int row = 0; row < texts.length; row++) {
            StringBuilder text = new StringBuilder();
            for (int place : places) {
                text.append(rows.get(row).texts[place]).append(BETWEEN);
            }
            texts[row] = text.toString();
        }
        return texts;
    }

    /** Codes of texts; those of the training rows are added to {@code codes} under the name's own space. */
    private int[] codes(String[] texts, String space, int[] training, Map<String, Integer> codes) {
        Map<String, Integer> counts = new HashMap<>();
        for (int row : training) {
            counts.merge(texts[row], 1, Integer::sum);
        }
        for (int row : training) {
            if (counts.getOrDefault(texts[row], 0) >= leastCount) {
                codes.putIfAbsent(space + BETWEEN + texts[row], codes.size());
            }
        }
        return Arrays.stream(texts)
                .mapToInt(text -> codes.getOrDefault(space + BETWEEN + text, Examples.UNKNOWN))
                .toArray();
    }

    private float[][] numbers(int[] training) {
        float[][] scaled = new float[3 * numbers.size()][rows.size()];
        for (int n = 0; n < numbers.size(); n++) {
            float[] sample = new float[training.length];
            for (int i = 0; i < sample.length; i++) {
                sample[i] = rows.get(training[i]).numbers[n];
            }
            NumberScale scale = ScaleFitting.quantiles(sample);
            for (int row = 0; row < rows.size(); row++) {
                float raw = rows.get(row).numbers[n];
                float x = Float.isNaN(raw) ? 0.5f : scale.apply(raw);
                scaled[3 * n][row] = x;
                scaled[3 * n + 1][row] = x * x;
                scaled[3 * n + 2][row] = (float) Math.sqrt(x);
            }
        }
        return scaled;
    }

    private List<String> numberNames() {
        List<String> names = new ArrayList<>();
        for (String number : numbers) {
            names.addAll(List.of(number, number + "_squared", number + "_root"));
        }
        return names;
    }

    private List<String> crossNames() {
        return crosses.stream().map(cross -> String.join("_x_", cross)).toList();
    }
}
