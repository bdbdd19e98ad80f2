package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.trainer.evaluate.GzipLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Reads the census incomes of UCI's Adult with its fixed split: whether a person earns more than 50,000 dollars a year. Numbers also
 * come as the step they lie in, and a tenth of the training rows, drawn at random, is the validation part.
 */
final class AdultReader {
    static final String TRAINING = "adult.data.gz";
    private static final String TEST = "adult.test.gz";
    private static final String BELONGS = "Adult has " + TRAINING + " and " + TEST;
    private static final int MOST_ROWS = 10_000_000;
    private static final double VALIDATION = 0.1;
    private static final int LEAST_COUNT = 2;

    /** The columns of a line, in order; those in capitals are numbers. */
    private static final List<String> COLUMNS = List.of(
            "AGE",
            "workclass",
            "FNLWGT",
            "education",
            "EDUCATION_YEARS",
            "marital_status",
            "occupation",
            "relationship",
            "race",
            "sex",
            "CAPITAL_GAIN",
            "CAPITAL_LOSS",
            "HOURS",
            "native_country");

    /** Upper ends of the steps of a number. */
    private static final Map<String, float[]> STEPS = Map.of(
            "AGE", new float[] {18, 21, 23, 25, 27, 30, 33, 36, 40, 45, 50, 55, 60, 65},
            "HOURS", new float[] {10, 20, 30, 35, 39, 40, 45, 50, 55, 60, 70},
            "CAPITAL_GAIN", new float[] {0, 2000, 3000, 3200, 3500, 4000, 4700, 5000, 5150, 6000, 7000, 8000, 10000},
            "CAPITAL_LOSS", new float[] {0, 1500, 1600, 1700, 1800, 1850, 1880, 1950, 1980, 2150, 2300, 2500, 3000});

    /** What is crossed: those of Cheng et al.'s example, and family with what tells most of income. */
    private static final List<List<String>> CROSSES = List.of(
            List.of("education", "occupation"),
            List.of("native_country", "occupation"),
            List.of("age_step", "education", "occupation"),
            List.of("relationship", "education"),
            List.of("relationship", "occupation"),
            List.of("age_step", "relationship"),
            List.of("hours_step", "occupation"));

    private final Path folder;
    private final long seed;
    private final List<String> numbers;
    private final List<String> fields;

    AdultReader(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
        this.numbers = COLUMNS.stream().filter(AdultReader::isNumber).toList();
        List<String> names = new ArrayList<>(
                COLUMNS.stream().filter(column -> !isNumber(column)).toList());
        numbers.stream().filter(STEPS::containsKey).forEach(number -> names.add(lower(number) + "_step"));
        this.fields = List.copyOf(names);
    }

    private static boolean isNumber(String column) {
        return column.equals(column.toUpperCase(Locale.ROOT));
    }

    private static String lower(String column) {
        return column.toLowerCase(Locale.ROOT);
    }

    RankerData read() throws IOException {
        TextColumns columns = new TextColumns(
                fields, CROSSES, numbers.stream().map(AdultReader::lower).toList(), LEAST_COUNT);
        read(TRAINING, columns);
        int trained = columns.size();
        read(TEST, columns);
        SplittableRandom random = new SplittableRandom(seed);
        int[] training = new int[trained];
        int[] validation = new int[trained];
        int trainingCount = 0;
        int validationCount = 0;
        for (int row = 0; row < trained; row++) {
            if (random.nextDouble() < VALIDATION) {
                validation[validationCount++] = row;
            } else {
                training[trainingCount++] = row;
            }
        }
        int[] test = new int[columns.size() - trained];
        Arrays.setAll(test, i -> trained + i);
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("validation", "a tenth of the training rows, drawn at random");
        return columns.data(
                "adult",
                RankerData.Task.CHANCE,
                new TextColumns.Parts(
                        Arrays.copyOf(training, trainingCount), Arrays.copyOf(validation, validationCount), test),
                notes);
    }

    private void read(String name, TextColumns into) throws IOException {
        try (GzipLines file = GzipLines.open(folder.resolve(name), ", ", BELONGS)) {
            int before = into.size();
            for (String[] line = file.next(); line != null; line = file.next()) {
                boolean remark = line[0].isEmpty() || line[0].startsWith("|");
                if (remark && line.length == 1) {
                    continue;
                }
                if (into.size() == MOST_ROWS) {
                    throw file.broken("has more than " + MOST_ROWS + " rows");
                }
                into.add(row(file, line));
            }
            if (into.size() == before) {
                throw file.broken("the file is empty");
            }
        }
    }

    private TextColumns.Row row(GzipLines file, String[] line) throws IOException {
        file.requireFields(line, COLUMNS.size() + 1, String.join(", ", COLUMNS) + ", income");
        List<String> texts = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        float[] values = new float[numbers.size()];
        int number = 0;
        for (int i = 0; i < COLUMNS.size(); i++) {
            String column = COLUMNS.get(i);
            if (!isNumber(column)) {
                texts.add(line[i]);
                continue;
            }
            float value = file.real(lower(column), line[i]);
            values[number++] = value;
            if (STEPS.get(column) instanceof float[] ends) {
                steps.add(Integer.toString(step(ends, value)));
            }
        }
        texts.addAll(steps);
        return new TextColumns.Row(texts.toArray(String[]::new), values, income(file, line[COLUMNS.size()]), 0);
    }

    private static int step(float[] ends, float value) {
        int step = 0;
        while (step < ends.length && value > ends[step]) {
            step++;
        }
        return step;
    }

    private static float income(GzipLines file, String text) throws IOException {
        return switch (text) {
            case "<=50K", "<=50K." -> 0;
            case ">50K", ">50K." -> 1;
            default -> throw file.broken("income is \"" + text + "\", must be <=50K or >50K");
        };
    }
}
