package dev.funnel.trainer.read;

import dev.funnel.bundle.ItemShards;

/**
 * How files are read.
 *
 * @param badShare share of a file's rows that may be bad, 0 to 1
 * @param badRows number of bad rows that is always allowed, however small the file
 * @param threads of the reader, at least 1
 * @param memoryMiB of the reader, beyond which it spills to a temporary directory; at least 64
 * @param shards virtual shards that items are put in the order of, 1 to 4,096
 */
public record ReadSettings(double badShare, int badRows, int threads, int memoryMiB, int shards) {

    public static final ReadSettings DEFAULT = new ReadSettings(.01, 100, 2, 1024, 1);

    /** For a catalogue of one shard. */
    public ReadSettings(double badShare, int badRows, int threads, int memoryMiB) {
        this(badShare, badRows, threads, memoryMiB, 1);
    }

    public ReadSettings {
        if (!(badShare >= 0 && badShare <= 1)) {
            throw new IllegalArgumentException("bad rows: a share of " + badShare + ", must be 0 to 1");
        }
        require("bad rows", badRows, 0);
        require("threads", threads, 1);
        require("memory in MiB", memoryMiB, 64);
        require("shards", shards, 1);
        if (shards > ItemShards.MOST) {
            throw new IllegalArgumentException("shards is " + shards + ", must be at most " + ItemShards.MOST);
        }
    }

    /** The same with items in the order of so many shards. */
    public ReadSettings withShards(int count) {
        return new ReadSettings(badShare, badRows, threads, memoryMiB, count);
    }

    /** How many of a file's rows may be bad. */
    long allowedBadRows(long rows) {
        return Math.max(badRows, (long) (badShare * rows));
    }

    private static void require(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " is " + value + ", must be at least " + least);
        }
    }
}
