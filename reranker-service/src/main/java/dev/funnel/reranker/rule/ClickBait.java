package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.util.Locale;

/**
 * Removes items that the bundle's click-bait model takes for click-bait: it predicts how probably somebody who clicks leaves at
 * once. The model runs once for each candidate.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 * @param above probability above which an item goes, in (0, 1)
 */
public record ClickBait(
        @Default("click_bait") String name,
        @Default("false") boolean preferred,
        @Default("0.5") double above) implements Filter {

    public ClickBait {
        Rule.holds(above > 0 && above < 1, "above", above, "must be above 0 and below 1");
    }

    @Override
    public Screen screen(RerankInput input) {
        float[] probabilities = input.clickBait(this);
        return new Screen() {
            @Override
            public boolean removes(int position) {
                return probabilities[position] > above;
            }

            @Override
            public String reason(int position) {
                return String.format(
                        Locale.ROOT, "%.0f %% of clicks on it would be left at once", 100 * probabilities[position]);
            }
        };
    }

    @Override
    public void check(BundleFit fit) {
        fit.clickBaitModel();
    }
}
