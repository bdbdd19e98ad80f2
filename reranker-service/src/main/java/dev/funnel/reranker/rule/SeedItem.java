package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;

/**
 * Removes the item that the slate should be related to, {@code query.seed_item_id}: the user is looking at it already.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 */
public record SeedItem(
        @Default("seed_item") String name, @Default("false") boolean preferred) implements Filter {
    @Override
    public Screen screen(RerankInput input) {
        Marks seed = new Marks(input.pool());
        seed.add(input.query().seedItemId());
        return new MarkedScreen(seed, "the slate is for this very item");
    }
}
