package dev.funnel.runtime.live;

import dev.funnel.bundle.ItemTable;

/** A resident bundle version, as live items see it. */
public interface LiveVersion<S> {
    /** Its name, for people. */
    String label();

    /** The bundle's own items. */
    ItemTable items();

    /** Position in the item log up to which the bundle holds the changes; 0: none. */
    long position();

    /** Keeps the version from being freed until {@link #release}; false if it is freed already. */
    boolean hold();

    void release();

    /** What new requests get now. */
    S snapshot();

    /** Gives new requests another snapshot. */
    void refresh(S snapshot);
}
