package dev.funnel.gateway.item;

import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.log.EncodedEntry;
import dev.funnel.runtime.error.Refusal;
import dev.funnel.runtime.log.ItemLogSource;
import dev.funnel.runtime.log.LogUnavailableException;
import java.time.Duration;
import java.util.List;

/** The log that this process owns, followed by this process without a socket. */
public final class OwnItemLogSource implements ItemLogSource {
    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_BYTES = 1 << 20;

    private final ItemLog log;
    private final Duration heartbeat;

    /** @param heartbeat how often it is said that there is nothing new */
    public OwnItemLogSource(ItemLog log, Duration heartbeat) {
        this.log = log;
        this.heartbeat = heartbeat;
    }

    @Override
    public Stream open(long from, long trained) throws LogUnavailableException {
        if (from < log.oldestPosition()) {
            throw new LogUnavailableException(
                    "entry " + from + " is dropped already, the oldest kept is " + log.oldestPosition());
        }
        return new Following(from);
    }

    private final class Following implements Stream {
        private long from;

        Following(long from) {
            this.from = from;
        }

        @Override
        public Entries next(Duration longest) throws LogUnavailableException, InterruptedException {
            log.awaitAbove(from - 1, heartbeat);
            try {
                long newest = log.newestPosition();
                List<EncodedEntry> entries = log.read(from, MOST_ENTRIES, MOST_BYTES);
                List<ItemChange> changes =
                        entries.stream().map(entry -> entry.decode().change()).toList();
                from = changes.isEmpty() ? from : changes.getLast().position() + 1;
                return new Entries(changes, newest);
            } catch (Refusal e) {
                throw new LogUnavailableException(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void close() {}
    }
}
