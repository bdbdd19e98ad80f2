package dev.funnel.gateway.impression;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An impression log in JSON lines, one line per item shown, written by one thread behind a queue of {@value #QUEUE_SLATES}
 * slates. A full queue or a disk that refuses loses slates and counts them: serving never waits for a log. A full file is rolled
 * over; the newest {@value #ROLLED_FILES} full files are kept for whoever collects them.
 */
public final class JsonLinesImpressionLog implements ImpressionLog {
    static final int QUEUE_SLATES = 1_024;
    static final int ROLLED_FILES = 8;

    private static final Logger log = LoggerFactory.getLogger(JsonLinesImpressionLog.class);
    private static final long CLOSE_SECONDS = 5;
    private static final long LOOK_MILLIS = 100;

    private final Path path;
    private final RollingFile file;
    private final BlockingQueue<ShownSlate> queue = new ArrayBlockingQueue<>(QUEUE_SLATES);
    private final LongAdder dropped = new LongAdder();
    private final Thread writer;
    private volatile boolean closed;

    private JsonLinesImpressionLog(Path path, RollingFile file) {
        this.path = path;
        this.file = file;
        this.writer = Thread.ofPlatform().name("impression-log").daemon().unstarted(this::writeUntilClosed);
    }

    /**
     * Opens the log for appending and starts its writer.
     *
     * @param maxBytes bound of one file
     * @throws IOException if the file cannot be opened, so that a misspelt path is met at start
     */
    public static JsonLinesImpressionLog open(Path path, long maxBytes) throws IOException {
        JsonLinesImpressionLog opened = new JsonLinesImpressionLog(path, new RollingFile(path, maxBytes, ROLLED_FILES));
        opened.writer.start();
        return opened;
    }

    @Override
    public void write(ShownSlate slate) {
        if (closed || !queue.offer(slate)) {
            dropped.increment();
        }
    }

    /** How many slates were lost so far. */
    public long dropped() {
        return dropped.sum();
    }

    /** Writes what is queued, waiting for at most a few seconds, and stops. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (dropped() > 0) {
            log.warn("impression log {}: {} slates were not written", path, dropped());
        }
    }

    private void writeUntilClosed() {
        try (file) {
            while (!closed || !queue.isEmpty()) {
                ShownSlate slate = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (slate != null) {
                    append(slate);
                }
            }
        } catch (IOException e) {
            log.warn("impression log {}: closing failed: {}", path, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void append(ShownSlate slate) {
        try {
            file.append(ImpressionLines.of(slate));
            if (queue.isEmpty()) {
                file.flush();
            }
        } catch (IOException e) {
            if (dropped() == 0) {
                log.warn("impression log {}: slates are being lost: {}", path, e.toString());
            }
            dropped.increment();
        }
    }
}
