package dev.funnel.bundle.log;

import dev.funnel.bundle.live.ItemChange;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The item log on disk: a folder of {@link Segment}s, each named by its first position. What {@link #append} returned for is synced and
 * survives the process and the machine. One process owns the folder, one thread at a time changes it; any number of threads read.
 *
 * <p>When it is opened, every byte is checked. Bytes at the very end that are no whole batch were never acknowledged and are cut off;
 * anything else that is not sound is refused with file and offset ({@link LogDamagedException}).
 */
public final class ItemLogFolder implements Closeable {
    private static final String LOCK = ".lock";

    private final Path folder;
    private final long segmentBytes;
    private final FileChannel lock;
    private final SecureRandom salts = new SecureRandom();

    /** In order of position; never empty. */
    private final CopyOnWriteArrayList<Segment> segments = new CopyOnWriteArrayList<>();

    private @Nullable String broken;
    private long cutBytes;
    private volatile long droppedBytes;

    private ItemLogFolder(Path folder, long segmentBytes, FileChannel lock) {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.lock = lock;
    }

    /**
     * Opens a log, or begins one.
     *
     * @param segmentBytes size from which on a new file is begun
     * @throws LogDamagedException if something that was acknowledged is not as it was written
     * @throws IOException if another process owns the folder, or it cannot be written
     */
    public static ItemLogFolder open(Path folder, long segmentBytes) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        ItemLogFolder log = new ItemLogFolder(folder, segmentBytes, lock);
        try {
            if (!tryLock(lock)) {
                throw new IOException("the item log in " + folder + " is owned by another process");
            }
            log.recover();
            return log;
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** Position of the oldest entry kept; one more than the newest if none is. */
    public long oldestPosition() {
        return segments.getFirst().firstPosition();
    }

    /** Position of the newest entry that is synced; 0 if there never was one. */
    public long newestPosition() {
        return segments.getLast().nextPosition() - 1;
    }

    /** How many bytes at its end were cut off when it was opened, because they were never acknowledged. */
    public long cutBytes() {
        return cutBytes;
    }

    /** How many entries are kept. */
    public long entries() {
        return segments.stream()
                .mapToLong(segment -> segment.nextPosition() - segment.firstPosition())
                .sum();
    }

    /** How many bytes the entries take on the disk, and those in short that were dropped. */
    public long bytes() {
        return droppedBytes + segments.stream().mapToLong(Segment::bytes).sum();
    }

    /**
     * Appends entries in their order and returns when they are synced. If that fails, none of them is in the log.
     *
     * @param entries at least one
     * @return the position of the last one
     * @throws IOException if they cannot be written; after a failed sync, nothing can be appended until the log is opened anew,
     *     because nobody knows what is on the disk
     */
    public synchronized long append(List<NewEntry> entries, Instant accepted) throws IOException {
        if (broken != null) {
            throw new IOException(broken);
        }
        if (segments.getLast().bytes() >= segmentBytes && !segments.getLast().isEmpty()) {
            begin(newestPosition() + 1);
        }
        Segment segment = segments.getLast();
        ByteBuffer frame = segment.frame(encoded(entries, segment.nextPosition(), accepted));
        if (frame.capacity() > BatchFrame.MAX_BYTES) {
            throw new IOException("a batch of " + frame.capacity() + " bytes, must be at most " + BatchFrame.MAX_BYTES);
        }
        write(segment, frame);
        segment.publish(frame);
        return newestPosition();
    }

    /**
     * Entries from a position on, in order.
     *
     * @param from at least {@link #oldestPosition}
     * @param mostEntries at most so many
     * @param mostBytes at most so many bytes, but at least one entry if there is one
     */
    public List<EncodedEntry> read(long from, int mostEntries, int mostBytes) throws IOException {
        EntryBatch batch = new EntryBatch(mostEntries, mostBytes);
        for (Segment segment : segments) {
            if (segment.nextPosition() > from && !batch.isFull()) {
                segment.read(from, batch);
            }
        }
        return batch.entries();
    }

    /**
     * Drops files of which no entry lies above a position. Entries above it are all kept, some at or below it too. What the dropped ones
     * said of each item is kept in short for {@link ItemLogReader}, and counts as {@link #bytes}.
     */
    public synchronized void dropThrough(long position) throws IOException {
        Segment last = segments.getLast();
        if (!last.isEmpty() && last.nextPosition() - 1 <= position) {
            begin(last.nextPosition());
        }
        List<Segment> dropped = segments.stream()
                .limit(segments.size() - 1L)
                .takeWhile(segment -> segment.nextPosition() - 1 <= position)
                .toList();
        if (dropped.isEmpty()) {
            return;
        }
        keepInShort(dropped);
        for (Segment segment : dropped) {
            segments.remove(segment);
            segment.close();
            Files.delete(segment.file());
        }
    }

    /**
     * Sees to it that the next entry lies above a position, for a log that begins after bundles were trained to it elsewhere: positions
     * up to it are passed over.
     */
    public synchronized void startAfter(long position) throws IOException {
        if (newestPosition() < position) {
            begin(position + 1);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        broken = "the item log is closed";
        for (Segment segment : segments) {
            segment.close();
        }
        lock.close();
    }

    private void keepInShort(List<Segment> dropped) throws IOException {
        DroppedEntries all = DroppedEntries.read(folder);
        for (Segment segment : dropped) {
            segment.readAll(entry -> all.add(entry.decode()));
        }
        droppedBytes = all.write(folder, salts.nextLong());
        forceFolder();
    }

    private void recover() throws IOException {
        long dropped = droppedThrough();
        List<Path> files = SegmentFiles.of(folder);
        for (int i = 0; i < files.size(); i++) {
            boolean last = i == files.size() - 1;
            if (!last && SegmentHeader.position(files.get(i + 1)).orElseThrow() <= dropped + 1) {
                Files.delete(files.get(i)); // kept in short already: the process ended before it was deleted
            } else {
                recover(files.get(i), last);
            }
        }
        if (segments.isEmpty()) {
            begin(1);
        }
    }

    private void recover(Path file, boolean last) throws IOException {
        long named = SegmentHeader.position(file).orElseThrow();
        long size = Files.size(file);
        Segment segment = Segment.recover(file, named, last);
        if (segment == null) {
            cutBytes += size;
            Files.delete(file);
            if (segments.isEmpty()) {
                begin(named);
            }
            return;
        }
        if (!segments.isEmpty() && segments.getLast().nextPosition() > named) {
            segment.close();
            throw new LogDamagedException(file, 0, "begins at entry " + named + ", but the file before ends after it");
        }
        cutBytes += size - segment.bytes();
        segments.add(segment);
    }

    private void begin(long position) throws IOException {
        segments.add(Segment.create(folder, new SegmentHeader(position, salts.nextLong())));
        forceFolder();
    }

    private void forceFolder() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private long droppedThrough() throws IOException {
        DroppedEntries.read(folder); // refuses to start with a damaged one
        Path file = folder.resolve(DroppedEntries.FILE);
        droppedBytes = Files.exists(file) ? Files.size(file) : 0;
        try (DroppedEntries.Opened opened = DroppedEntries.Opened.of(folder)) {
            return opened.through();
        }
    }

    private void write(Segment segment, ByteBuffer frame) throws IOException {
        try {
            segment.write(frame);
        } catch (IOException e) {
            cut(segment);
            throw e;
        }
        try {
            segment.sync();
        } catch (IOException e) {
            broken = "the item log could not be synced: " + e.getMessage();
            throw e;
        }
    }

    private void cut(Segment segment) {
        try {
            segment.cut();
        } catch (IOException e) {
            broken = "the item log could not be written: " + e.getMessage();
        }
    }

    private static List<EncodedEntry> encoded(List<NewEntry> entries, long first, Instant accepted) {
        List<EncodedEntry> encoded = new ArrayList<>(entries.size());
        for (NewEntry entry : entries) {
            long position = first + encoded.size();
            LogEntry logged = new LogEntry(new ItemChange(position, entry.item(), entry.change()), accepted);
            encoded.add(new EncodedEntry(position, EntryWriter.write(logged)));
        }
        return encoded;
    }

    private static boolean tryLock(FileChannel lock) throws IOException {
        try {
            FileLock held = lock.tryLock();
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false; // another object of this process owns it
        }
    }
}
