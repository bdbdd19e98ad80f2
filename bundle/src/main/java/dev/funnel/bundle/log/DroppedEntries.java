package dev.funnel.bundle.log;

import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What entries that were dropped said of each item, in short: its last removal, and what it was given since. Nobody tails it; it is
 * there because a bundle's items are those of the catalogue's files and of <em>all</em> that was logged, not only of what no bundle has
 * yet. It lies beside the segments in {@value #FILE}, a segment whose batches hold one entry each, written whole and renamed.
 */
final class DroppedEntries {
    static final String FILE = "dropped.items";

    private final Map<String, Item> items = new HashMap<>();
    private long through;

    /** @param removal null: it was not removed; @param upsert null: it was given nothing since */
    private record Item(
            @Nullable LogEntry removal, @Nullable LogEntry upsert) {
        static final Item UNTOUCHED = new Item(null, null);

        Stream<LogEntry> entries() {
            return Stream.of(removal, upsert).flatMap(Stream::ofNullable);
        }

        Item with(LogEntry entry) {
            return switch (entry.change().change()) {
                case ItemChange.Remove() -> new Item(entry, null);
                case Upsert newer -> new Item(removal, upsert == null ? entry : merged(upsert.change(), newer, entry));
            };
        }

        private static LogEntry merged(ItemChange older, Upsert newer, LogEntry entry) {
            Upsert before = (Upsert) older.change();
            Upsert both = new Upsert(
                    merged(before.values(), newer.values(), Upsert.MAX_VALUES),
                    merged(before.vectors(), newer.vectors(), Upsert.MAX_VECTORS),
                    newer.watchedBy().isEmpty() ? before.watchedBy() : newer.watchedBy());
            return new LogEntry(new ItemChange(entry.position(), entry.change().item(), both), entry.accepted());
        }

        /** What is newer, and of what is older as much as there is room for. */
        private static <V> Map<String, V> merged(Map<String, V> older, Map<String, V> newer, int most) {
            Map<String, V> both = new TreeMap<>(newer);
            older.forEach((name, value) -> {
                if (both.size() < most) {
                    both.putIfAbsent(name, value);
                }
            });
            return both;
        }
    }

    /** The file of a folder, or nothing dropped. */
    static DroppedEntries read(Path folder) throws IOException {
        DroppedEntries dropped = new DroppedEntries();
        try (Opened file = Opened.of(folder)) {
            dropped.through = file.through();
            file.read(dropped::add);
        }
        return dropped;
    }

    /** Takes up an entry that is to be dropped; entries come in their order. */
    void add(LogEntry entry) {
        items.merge(entry.change().item().value(), Item.UNTOUCHED.with(entry), (before, alone) -> before.with(entry));
        through = Math.max(through, entry.position());
    }

    /** Writes the file, durable before it replaces the one before; returns its size in bytes. */
    long write(Path folder, long salt) throws IOException {
        Path beside = folder.resolve(FILE + ".new");
        List<LogEntry> entries = items.values().stream()
                .flatMap(Item::entries)
                .sorted(Comparator.comparingLong(LogEntry::position))
                .toList();
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            bytes += write(channel, new SegmentHeader(through, salt).write());
            for (LogEntry entry : entries) {
                EncodedEntry encoded = new EncodedEntry(entry.position(), EntryWriter.write(entry));
                bytes += write(channel, BatchFrame.write(salt, List.of(encoded)));
            }
            channel.force(true);
        }
        Files.move(beside, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return bytes;
    }

    private static long write(FileChannel channel, ByteBuffer bytes) throws IOException {
        long written = bytes.rewind().remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return written;
    }

    /** The file, opened: it can be read to its end even if another takes its place meanwhile. */
    static final class Opened implements Closeable {
        private final Path path;
        private final @Nullable FileChannel channel;
        private final long through;

        private Opened(Path path, @Nullable FileChannel channel, long through) {
            this.path = path;
            this.channel = channel;
            this.through = through;
        }

        static Opened of(Path folder) throws IOException {
            Path path = folder.resolve(FILE);
            FileChannel channel = null;
            try {
                channel = FileChannel.open(path, StandardOpenOption.READ);
                ByteBuffer header = ByteBuffer.allocate(SegmentHeader.BYTES);
                while (header.hasRemaining() && channel.read(header, header.position()) >= 0) {
                    continue;
                }
                long through = SegmentHeader.read(header.flip())
                        .orElseThrow(() -> new LogDamagedException(path, 0, "it does not begin with a header"))
                        .firstPosition();
                return new Opened(path, channel, through);
            } catch (NoSuchFileException e) {
                return new Opened(path, null, 0);
            } catch (IOException e) {
                if (channel != null) {
                    channel.close();
                }
                throw e;
            }
        }

        /** Position up to which entries were dropped; 0: none was. */
        long through() {
            return through;
        }

        void read(Consumer<LogEntry> reader) throws IOException {
            if (channel != null) {
                SegmentScan scan = SegmentScan.ofDropped(
                        path, channel, through, (frame, at) -> ItemLogReader.entries(path, frame, at, reader));
                if (scan.torn()) {
                    throw new LogDamagedException(path, scan.soundBytes(), "the batch here is not sound");
                }
            }
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }
}
