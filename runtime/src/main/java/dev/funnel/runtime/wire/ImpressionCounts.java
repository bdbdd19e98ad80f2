package dev.funnel.runtime.wire;

import java.util.List;

/**
 * How often items were lately shown without a click, as parallel columns.
 *
 * @param itemIds the items
 * @param counts how often each was shown without a click
 */
public record ImpressionCounts(List<String> itemIds, int[] counts) {
    public static final ImpressionCounts NONE = new ImpressionCounts(List.of(), new int[0]);
}
