package dev.funnel.reranker.rule;

import dev.funnel.bundle.TimeColumn;
import dev.funnel.runtime.config.Default;

/**
 * Removes items that are not yet published: {@code published_at} is after the query's time. An item without it is published.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 */
public record Unpublished(
        @Default("unpublished") String name,
        @Default("false") boolean preferred) implements Filter {
    @Override
    public Screen screen(RerankInput input) {
        return new Screen() {
            @Override
            public boolean removes(int position) {
                long publishedAt = input.facts().publishedAtMillis(input.item(position));
                return publishedAt != TimeColumn.MISSING && publishedAt > input.timeMillis();
            }

            @Override
            public String reason(int position) {
                long publishedAt = input.facts().publishedAtMillis(input.item(position));
                return "not published for another " + Age.text(publishedAt - input.timeMillis());
            }
        };
    }
}
