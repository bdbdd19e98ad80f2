package dev.funnel.trainer.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings asked for by name instead of a system's defaults, e.g. {@code dim=192}. Those that the
 * system does not have are refused by {@link #requireAllRead}, so that a misspelt one is not passed over.
 */
public final class Overrides {

    private final Map<String, Double> values;
    private final Set<String> read = new TreeSet<>();

    private Overrides(Map<String, Double> values) {
        this.values = values;
    }

    /** None: every system has its defaults. */
    public static Overrides none() {
        return new Overrides(Map.of());
    }

    /** These values by name. */
    public static Overrides of(Map<String, Double> values) {
        return new Overrides(new LinkedHashMap<>(values));
    }

    /** The number asked for, or the usual one; throws {@link IllegalArgumentException} if it is not finite. */
    public double number(String name, double usual) {
        read.add(name);
        double value = values.getOrDefault(name, usual);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be a finite number");
        }
        return value;
    }

    /** The same; throws {@link IllegalArgumentException} if it is below {@code least} or above {@code most}. */
    public double number(String name, double usual, double least, double most) {
        double value = number(name, usual);
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", must be " + least + " to " + most);
        }
        return value;
    }

    /** The whole number asked for, or the usual one; throws {@link IllegalArgumentException} if it is not whole. */
    public int whole(String name, int usual) {
        double value = number(name, usual);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " is " + value + ", must be a whole number");
        }
        return (int) value;
    }

    /** The same; throws {@link IllegalArgumentException} if it is below {@code least} or above {@code most}. */
    public int whole(String name, int usual, int least, int most) {
        int value = whole(name, usual);
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", must be " + least + " to " + most);
        }
        return value;
    }

    /** Throws {@link IllegalArgumentException} naming the settings that were given but never asked for. */
    public void requireAllRead() {
        Set<String> unread = new TreeSet<>(values.keySet());
        unread.removeAll(read);
        if (!unread.isEmpty()) {
            throw new IllegalArgumentException("there is no setting " + String.join(", ", unread)
                    + " in this system; it has " + (read.isEmpty() ? "none" : String.join(", ", read)));
        }
    }
}
