package dev.funnel.bundle.log;

/**
 * One entry as its bytes: a message {@code funnel.gateway.v1.ItemLogEntry} of the contract.
 *
 * @param position where it stands in the log
 * @param bytes the message; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record EncodedEntry(long position, byte[] bytes) {
    /** Reads the message. */
    public LogEntry decode() {
        return EntryReader.read(bytes);
    }
}
