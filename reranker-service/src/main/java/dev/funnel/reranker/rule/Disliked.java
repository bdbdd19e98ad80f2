package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.wire.InteractionKind;
import dev.funnel.runtime.wire.Interactions;

/**
 * Removes what the user disliked, whenever that was.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 */
public record Disliked(
        @Default("disliked") String name, @Default("false") boolean preferred) implements Filter {
    @Override
    public Screen screen(RerankInput input) {
        Marks disliked = Marks.of(input.pool(), input.user().dislikedItemIds());
        Interactions recent = input.user().recent();
        for (int i = 0; i < recent.size(); i++) {
            if (recent.kind(i) == InteractionKind.DISLIKE) {
                disliked.add(recent.itemIds().get(i));
            }
        }
        return new MarkedScreen(disliked, "the user disliked it");
    }
}
