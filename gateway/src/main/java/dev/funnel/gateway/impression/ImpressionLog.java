package dev.funnel.gateway.impression;

/**
 * Where served slates are written down. A row of the log has the columns of the trainer's impressions table: {@code request_id,
 * user_id, item_id, at, position, country, language, device, sources, source_scores, bundle_version}. {@code clicked} and {@code
 * watch_seconds} are not among them: the gateway does not know them. Whoever collects the clients' reports joins them in by
 * {@code request_id} and {@code item_id}; a row that lacks {@code clicked} says only that the item was shown, and is no negative.
 */
public interface ImpressionLog extends AutoCloseable {
    /** A log that keeps nothing. */
    ImpressionLog OFF = slate -> {};

    /** Takes a slate; never blocks and never fails, whatever becomes of the slate. */
    void write(ShownSlate slate);

    @Override
    default void close() {}
}
