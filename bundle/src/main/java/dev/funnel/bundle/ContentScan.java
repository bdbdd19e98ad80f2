package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one pass over all bytes of a bundle: SHA-256 of every chunk, and a search for floats that are not finite, on a bounded number of platform
 * threads. Chunks are handed out one by one, so threads stay busy whatever the sizes of the files.
 */
final class ContentScan {
    private static final int PIECE_BYTES = 1 << 17;
    private static final int EXPONENT = 0x7f80_0000;
    private static final int ONE_EXPONENT = 0x0080_0000;

    private final int chunkBytes;
    private final List<Chunk> chunks = new ArrayList<>();

    /** Bytes of a file that hold floats, as positions in the file. */
    record Floats(long start, long end) {}

    private record Chunk(
            String file,
            MemorySegment bytes,
            long start,
            long end,
            List<Floats> floats,
            @Nullable String expectedSha256) {}

    ContentScan(int chunkBytes) {
        this.chunkBytes = chunkBytes;
    }

    /** Adds a file; {@code expected} are the hashes of its chunks, or empty if they are not known yet. */
    void add(String file, MemorySegment bytes, List<Floats> floats, List<String> expected) {
        int index = 0;
        for (long start = 0; start < bytes.byteSize(); start += chunkBytes, index++) {
            long end = Math.min(start + chunkBytes, bytes.byteSize());
            String sha256 = expected.isEmpty() ? null : expected.get(index);
            chunks.add(new Chunk(file, bytes, start, end, floats, sha256));
        }
    }

    /** Hashes every chunk, in the order they were added; refuses the first that is not as expected or holds a float that is not finite. */
    List<String> run(int threads, ReadingPace pace) throws BundleRefusedException {
        String[] hashes = new String[chunks.size()];
        AtomicInteger next = new AtomicInteger();
        Callable<Boolean> worker = () -> work(hashes, next, pace);
        int workers = Math.max(1, Math.min(threads, chunks.size()));
        ThreadFactory factory =
                Thread.ofPlatform().daemon().name("bundle-scan-", 0).factory();
        try (ExecutorService pool = Executors.newFixedThreadPool(workers, factory)) {
            for (Future<Boolean> done : pool.invokeAll(Collections.nCopies(workers, worker))) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while scanning a bundle");
        } catch (ExecutionException e) {
            throw refusal(e);
        }
        return List.of(hashes);
    }

    private static BundleRefusedException refusal(ExecutionException failure) {
        return switch (failure.getCause()) {
            case BundleRefusedException refused -> refused;
            // What the JVM makes of a mapped page that cannot be read: the disk fails, or the file was cut meanwhile.
            case InternalError unreadable ->
                new BundleRefusedException(".", "a mapped file cannot be read: " + unreadable.getMessage(), unreadable);
            case null, default -> throw new IllegalStateException("scanning a bundle failed", failure.getCause());
        };
    }

    private boolean work(String[] hashes, AtomicInteger next, ReadingPace pace) throws BundleRefusedException {
        MessageDigest digest = Sha256.digest();
        byte[] piece = new byte[PIECE_BYTES];
        int[] words = new int[PIECE_BYTES / Integer.BYTES];
        int index;
        while ((index = next.getAndIncrement()) < chunks.size()
                && !Thread.currentThread().isInterrupted()) {
            try {
                hashes[index] = scan(chunks.get(index), digest, piece, words, pace);
            } catch (BundleRefusedException e) {
                next.set(chunks.size());
                throw e;
            }
        }
        return true;
    }

    private static String scan(Chunk chunk, MessageDigest digest, byte[] piece, int[] words, ReadingPace pace)
            throws BundleRefusedException {
        long notFinite = -1;
        for (long at = chunk.start; at < chunk.end; at += PIECE_BYTES) {
            int length = (int) Math.min(PIECE_BYTES, chunk.end - at);
            MemorySegment.copy(chunk.bytes, ValueLayout.JAVA_BYTE, at, piece, 0, length);
            digest.update(piece, 0, length);
            if (notFinite < 0) {
                notFinite = firstNotFinite(chunk, at, at + length, words);
            }
            pace.read(length);
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        if (chunk.expectedSha256 != null && !chunk.expectedSha256.equals(sha256)) {
            throw new BundleRefusedException(
                    chunk.file,
                    "its bytes " + chunk.start + " to " + (chunk.end - 1)
                            + " have another SHA-256 than the manifest says");
        }
        if (notFinite >= 0) {
            throw new BundleRefusedException(chunk.file, "the float at byte " + notFinite + " is not finite");
        }
        return sha256;
    }

    private static long firstNotFinite(Chunk chunk, long start, long end, int[] words) {
        for (Floats floats : chunk.floats) {
            long from = Math.max(start, floats.start);
            long to = Math.min(end, floats.end);
            if (from < to) {
                long found = firstNotFinite(chunk.bytes, from, to, words);
                if (found >= 0) {
                    return found;
                }
            }
        }
        return -1;
    }

    private static long firstNotFinite(MemorySegment bytes, long from, long to, int[] words) {
        int count = (int) ((to - from) / Integer.BYTES);
        MemorySegment.copy(bytes, ValueLayout.JAVA_INT_UNALIGNED, from, words, 0, count);
        if (allFinite(words, count)) {
            return -1;
        }
        int i = 0;
        while ((words[i] & EXPONENT) != EXPONENT) {
            i++;
        }
        return from + (long) i * Integer.BYTES;
    }

    /** NaN and infinity are the floats whose exponent bits are all one: adding one to the exponent carries into the sign bit. No branch, so it vectorises. */
    private static boolean allFinite(int[] words, int count) {
        int carry = 0;
        for (int i = 0; i < count; i++) {
            carry |= (words[i] & EXPONENT) + ONE_EXPONENT;
        }
        return carry >= 0;
    }
}
