package dev.funnel.reranker.rule;

import java.util.Arrays;

/**
 * What a filter did: the positions it kept and those it removed, disjoint, together all that went in, each in the order they
 * went in.
 */
public record Filtered(int[] kept, int[] removed) {
    /** Splits {@code positions} of a pool by a screen. */
    public static Filtered by(Screen screen, int[] positions) {
        int[] kept = new int[positions.length];
        int[] removed = new int[positions.length];
        int keptCount = 0;
        for (int i = 0; i < positions.length; i++) {
            if (screen.removes(positions[i])) {
                removed[i - keptCount] = positions[i];
            } else {
                kept[keptCount++] = positions[i];
            }
        }
        return new Filtered(Arrays.copyOf(kept, keptCount), Arrays.copyOf(removed, positions.length - keptCount));
    }
}
