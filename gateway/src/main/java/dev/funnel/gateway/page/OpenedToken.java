package dev.funnel.gateway.page;

import java.time.Instant;

/** What a page token with a good signature turned out to be. */
public sealed interface OpenedToken {
    /** It still holds. */
    record Valid(PagePosition position) implements OpenedToken {}

    /** Its lifetime ended at {@code at}. */
    record Expired(Instant at) implements OpenedToken {}
}
