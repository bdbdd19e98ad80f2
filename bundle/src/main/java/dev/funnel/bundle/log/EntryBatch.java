package dev.funnel.bundle.log;

import java.util.ArrayList;
import java.util.List;

/** Entries read from a log, up to a number and a size; at least one if there is one. */
final class EntryBatch {
    private final int mostEntries;
    private final int mostBytes;
    private final List<EncodedEntry> entries = new ArrayList<>();
    private long bytes;
    private boolean full;

    EntryBatch(int mostEntries, int mostBytes) {
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    boolean isFull() {
        return full;
    }

    List<EncodedEntry> entries() {
        return entries;
    }

    /** Adds an entry unless a limit is reached; after one that was not added, none is. */
    void add(EncodedEntry entry) {
        full |= entries.size() == mostEntries || (!entries.isEmpty() && bytes + entry.bytes().length > mostBytes);
        if (!full) {
            entries.add(entry);
            bytes += entry.bytes().length;
        }
    }
}
