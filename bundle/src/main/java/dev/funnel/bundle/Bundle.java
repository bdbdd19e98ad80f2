package dev.funnel.bundle;

import dev.funnel.bundle.signature.TrustedKeys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One verified bundle version, its files mapped into memory and shared with every process of the host that maps them. Immutable and safe for
 * any number of readers. {@link #close} unmaps everything at once: readers that are still at work then fail with
 * {@link IllegalStateException}, so whoever shares a bundle closes it after the last lease.
 */
public final class Bundle implements AutoCloseable {
    private final Arena arena;
    private final BundleVerifier.Verified verified;
    private final ItemTable items;
    private final UserTable users;
    private final ItemShards shards;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Bundle(Arena arena, BundleVerifier.Verified verified, ItemTable items, UserTable users, ItemShards shards) {
        this.arena = arena;
        this.verified = verified;
        this.items = items;
        this.users = users;
        this.shards = shards;
    }

    /** Verifies and opens the bundle in {@code directory}, which carries the name of its version. */
    public static Bundle open(Path directory) throws BundleRefusedException {
        return open(directory, TrustedKeys.NOT_ASKED);
    }

    /** The same for a bundle that one of {@code keys} has to vouch for. */
    public static Bundle open(Path directory, TrustedKeys keys) throws BundleRefusedException {
        return open(directory, keys, ReadingPace.UNLIMITED);
    }

    /** The same, its bytes read no faster than {@code pace}. */
    public static Bundle open(Path directory, TrustedKeys keys, ReadingPace pace) throws BundleRefusedException {
        return open(directory, BundleVerifier.versionOf(directory), keys, pace);
    }

    static Bundle open(Path directory, BundleVersion version, TrustedKeys keys, ReadingPace pace)
            throws BundleRefusedException {
        Arena arena = Arena.ofShared();
        try {
            return load(arena, BundleVerifier.verify(directory, version, keys, pace, arena));
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    private static Bundle load(Arena arena, BundleVerifier.Verified verified) throws BundleRefusedException {
        ItemTable items = ItemTable.load(tensors(verified, BundlePaths.ITEMS));
        UserTable users = UserTable.load(tensors(verified, BundlePaths.USERS), items.size());
        return new Bundle(arena, verified, items, users, shards(items, verified.manifest()));
    }

    private static ItemShards shards(ItemTable items, Manifest manifest) throws BundleRefusedException {
        try {
            return ItemShards.of(items, manifest.shards());
        } catch (IllegalArgumentException e) {
            throw new BundleRefusedException(BundlePaths.ITEMS, String.valueOf(e.getMessage()), e);
        }
    }

    /** What the bundle says of itself. */
    public Manifest manifest() {
        return verified.manifest();
    }

    /** Its identity. */
    public BundleVersion version() {
        return manifest().version();
    }

    /** The items. */
    public ItemTable items() {
        return items;
    }

    /** Which rows of the items are of which virtual shard. */
    public ItemShards shards() {
        return shards;
    }

    /** The users, with what they did lately. */
    public UserTable users() {
        return users;
    }

    /** The safetensors file {@code file} that the manifest lists, by its path. */
    public TensorFile tensors(String file) {
        return tensors(verified, file);
    }

    /** A copy of the bytes of {@code file}, at most 2^31 - 1. */
    public byte[] bytes(String file) throws BundleRefusedException {
        MemorySegment bytes = listed(verified.bytes(), file);
        if (bytes.byteSize() > Integer.MAX_VALUE - 8) {
            throw new BundleRefusedException(file, "has " + bytes.byteSize() + " bytes, too many to read at once");
        }
        return bytes.toArray(ValueLayout.JAVA_BYTE);
    }

    /** What is in it, in short. */
    public BundleSummary summary() {
        return BundleSummary.of(this);
    }

    /** Unmaps all files. Closing again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            arena.close();
        }
    }

    private static TensorFile tensors(BundleVerifier.Verified verified, String file) {
        return listed(verified.tensors(), file);
    }

    private static <T> T listed(Map<String, T> files, String file) {
        T found = files.get(file);
        if (found == null) {
            throw new IllegalArgumentException("the bundle has no file " + file + ", it has " + files.keySet());
        }
        return found;
    }
}
