package dev.funnel.reranker.snapshot;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.TimeColumn;
import org.jspecify.annotations.Nullable;

/** The columns of the item table that built-in rules read. A column that the bundle lacks is missing for every item. */
public final class ItemFacts {
    private final @Nullable TimeColumn publishedAt;
    private final @Nullable TimeColumn expiresAt;
    private final @Nullable NumberColumn duration;
    private final KeyColumn uploaders;
    private final KeyColumn categories;

    ItemFacts(ItemTable items) {
        this.publishedAt = items.column("published_at") instanceof TimeColumn times ? times : null;
        this.expiresAt = items.column("expires_at") instanceof TimeColumn times ? times : null;
        this.duration = items.number("duration_seconds");
        this.uploaders = KeyColumn.of(items, "uploader");
        this.categories = KeyColumn.of(items, "categories");
    }

    /** When an item was or will be published, in ms since 1970; {@link TimeColumn#MISSING} if unknown. */
    public long publishedAtMillis(int itemIndex) {
        return publishedAt == null ? TimeColumn.MISSING : publishedAt.millis(itemIndex);
    }

    /** When an item expires, in ms since 1970; {@link TimeColumn#MISSING} if it does not. */
    public long expiresAtMillis(int itemIndex) {
        return expiresAt == null ? TimeColumn.MISSING : expiresAt.millis(itemIndex);
    }

    /** How long an item plays, in seconds; NaN if unknown. */
    public double durationSeconds(int itemIndex) {
        return duration == null || !duration.present(itemIndex) ? Double.NaN : duration.value(itemIndex);
    }

    public KeyColumn uploaders() {
        return uploaders;
    }

    public KeyColumn categories() {
        return categories;
    }
}
