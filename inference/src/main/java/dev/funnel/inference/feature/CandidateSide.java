package dev.funnel.inference.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** Readers of what differs between candidates, by slot. */
final class CandidateSide {
    private final List<String> names = new ArrayList<>();
    private final List<CandidateReader> numbers = new ArrayList<>();
    private final List<String> crossNames = new ArrayList<>();
    private final List<Crossing> crosses = new ArrayList<>();

    /** Adds a number; returns its slot. */
    int number(String feature, CandidateReader reader) {
        names.add(feature);
        numbers.add(reader);
        return numbers.size() - 1;
    }

    /** Adds a cross; returns its slot. */
    int cross(String feature, Crossing crossing) {
        crossNames.add(feature);
        crosses.add(crossing);
        return crosses.size() - 1;
    }

    List<String> names() {
        return List.copyOf(names);
    }

    CandidateReadings read(Request request, int from, int to, Room room) {
        Slice slice = new Slice(request, from, to, room);
        Numbers[] values = new Numbers[numbers.size()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = numbers.get(slot).read(slice);
        }
        CandidateRows[] rows = new CandidateRows[crosses.size()];
        for (int slot = 0; slot < rows.length; slot++) {
            rows[slot] = crosses.get(slot).read(slice);
        }
        return new CandidateReadings(slice.items(), slice.size(), values, rows);
    }

    /** Gives {@code missing} the number of candidates without a value, for each feature. */
    void countMissing(CandidateReadings readings, ObjIntConsumer<String> missing) {
        for (int slot = 0; slot < names.size(); slot++) {
            int count = 0;
            Numbers values = readings.numbers()[slot];
            for (int i = 0; i < values.size(); i++) {
                count += Float.isNaN(values.get(i)) ? 1 : 0;
            }
            missing.accept(names.get(slot), count);
        }
        for (int slot = 0; slot < crosses.size(); slot++) {
            missing.accept(crossNames.get(slot), readings.rows()[slot].without());
        }
    }
}
