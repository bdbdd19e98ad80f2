package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.wire.ImpressionCounts;

/**
 * Removes items that were lately shown to the user often enough without a click, as {@code user.unclicked} counts.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 * @param shown how many impressions without a click are enough, 1 to 1000
 */
public record Fatigue(
        @Default("fatigue") String name,
        @Default("false") boolean preferred,
        @Default("5") int shown) implements Filter {

    public Fatigue {
        Rule.between("shown", shown, 1, 1_000);
    }

    @Override
    public Screen screen(RerankInput input) {
        int[] counts = new int[input.pool().size()];
        ImpressionCounts unclicked = input.user().unclicked();
        for (int i = 0; i < unclicked.counts().length; i++) {
            int position = input.pool().positionOf(unclicked.itemIds().get(i));
            if (position >= 0) {
                counts[position] = unclicked.counts()[i];
            }
        }
        return new Screen() {
            @Override
            public boolean removes(int position) {
                return counts[position] >= shown;
            }

            @Override
            public String reason(int position) {
                return "shown " + counts[position] + " times without a click";
            }
        };
    }
}
