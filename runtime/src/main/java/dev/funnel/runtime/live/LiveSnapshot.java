package dev.funnel.runtime.live;

/**
 * What one bundle version contributes to one service, able to take live items in.
 *
 * <p>A snapshot and those made from it share what the bundle brought; the last one made is the one that is closed.
 *
 * @param <S> the service's snapshot
 */
public interface LiveSnapshot<S extends LiveSnapshot<S>> extends AutoCloseable {
    /**
     * This snapshot with changed items: a new one, made in milliseconds, that requests from now on see; this one stays as it is for
     * those that have it. Called by one thread at a time. It must not fail because of what an item says: a value that cannot be used is
     * one that the item does not have.
     */
    S with(LiveBatch batch);

    @Override
    void close();
}
