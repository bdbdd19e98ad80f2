package dev.funnel.inference.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** Readers of what all candidates share, by slot. */
final class RequestSide {
    private final List<String> numberNames = new ArrayList<>();
    private final List<RequestReader> numbers = new ArrayList<>();
    private final List<String> rowsNames = new ArrayList<>();
    private final List<RowsReader> rows = new ArrayList<>();
    private final List<Integer> vectors = new ArrayList<>();

    /** Adds a number; returns its slot. */
    int number(String feature, RequestReader reader) {
        numberNames.add(feature);
        numbers.add(reader);
        return numbers.size() - 1;
    }

    /** Adds a category or bag; returns its slot. */
    int rows(String feature, RowsReader reader) {
        rowsNames.add(feature);
        rows.add(reader);
        return rows.size() - 1;
    }

    /** Adds the mean in that slot of the request; returns the slot of its vector. */
    int vector(int mean) {
        vectors.add(mean);
        return vectors.size() - 1;
    }

    List<String> numberNames() {
        return List.copyOf(numberNames);
    }

    RequestReadings read(Request request) {
        return new RequestReadings(
                numbers.stream()
                        .map(reader -> new float[] {reader.read(request)})
                        .toArray(float[][]::new),
                rows.stream().map(reader -> reader.read(request)).toArray(int[][]::new),
                vectors.stream().map(request::mean).toArray(float[][]::new));
    }

    /** Gives {@code missing} all {@code candidates} for each feature that has no value. */
    void countMissing(RequestReadings readings, int candidates, ObjIntConsumer<String> missing) {
        for (int slot = 0; slot < numbers.size(); slot++) {
            if (Float.isNaN(readings.numbers()[slot][0])) {
                missing.accept(numberNames.get(slot), candidates);
            }
        }
        for (int slot = 0; slot < rows.size(); slot++) {
            if (readings.rows()[slot].length == 0) {
                missing.accept(rowsNames.get(slot), candidates);
            }
        }
    }
}
