package dev.funnel.inference.projection;

import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * How the shares of a bundle's items are kept within a budget of memory.
 *
 * @param form which of the ways it is
 * @param items how many items' shares there is room for
 * @param bytes memory they take, off the heap
 */
public record SharePlan(Form form, long items, long bytes) {
    /** The ways there are, best first. */
    public enum Form {
        /** All items, as they were computed. */
        FULL,
        /** All items, in half precision. */
        HALF,
        /** Those asked for lately. */
        CACHE,
        /** None are kept: the network runs whole. */
        NONE
    }

    /** Nothing is kept. */
    public static final SharePlan NONE = new SharePlan(Form.NONE, 0, 0);

    /**
     * What fits.
     *
     * @param items of the bundle
     * @param width numbers in an item's shares
     * @param halfIsGood whether half precision hardly changes scores; asked only if that decides
     */
    public static SharePlan of(long items, int width, long budgetBytes, BooleanSupplier halfIsGood) {
        long row = (long) width * Float.BYTES;
        if (items * row <= budgetBytes) {
            return new SharePlan(Form.FULL, items, items * row);
        }
        if (items * (row / 2) <= budgetBytes && halfIsGood.getAsBoolean()) {
            return new SharePlan(Form.HALF, items, items * (row / 2));
        }
        long sets = budgetBytes / ShareCache.setBytes(width);
        long room = Math.min(sets, Integer.MAX_VALUE / ShareCache.WAYS) * ShareCache.WAYS;
        return room == 0 ? NONE : new SharePlan(Form.CACHE, room, room / ShareCache.WAYS * ShareCache.setBytes(width));
    }

    /** In words, e.g. {@code full: 40,000 items, 10.2 MiB}. */
    @Override
    public String toString() {
        String name = form.name().toLowerCase(Locale.ROOT);
        return form == Form.NONE ? name : "%s: %,d items, %.1f MiB".formatted(name, items, bytes / 1048576.0);
    }
}
