package dev.funnel.reranker.rule;

import dev.funnel.bundle.TimeColumn;
import dev.funnel.runtime.config.Default;

/**
 * Removes items that have expired: {@code expires_at} is at or before the query's time. An item without it never expires.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 */
public record Expired(
        @Default("expired") String name, @Default("false") boolean preferred) implements Filter {
    @Override
    public Screen screen(RerankInput input) {
        return new Screen() {
            @Override
            public boolean removes(int position) {
                long expiresAt = input.facts().expiresAtMillis(input.item(position));
                return expiresAt != TimeColumn.MISSING && expiresAt <= input.timeMillis();
            }

            @Override
            public String reason(int position) {
                long expiresAt = input.facts().expiresAtMillis(input.item(position));
                return "expired " + Age.text(input.timeMillis() - expiresAt) + " ago";
            }
        };
    }
}
