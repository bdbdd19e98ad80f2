package dev.funnel.gateway.item;

import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.log.ItemLogSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The item log that a gateway owns: the {@code item_log_store} section of its configuration.
 *
 * @param folder where its files are, on a disk that outlives the process
 * @param maxBytes bound of all files; changes beyond are refused
 * @param maxEntries bound of all entries kept; changes beyond are refused. Every replica of every stage holds what lies beyond its
 *     oldest bundle, so its own bound must not be lower
 * @param segmentBytes size of one file; whole files are dropped
 * @param memory how long a follower that is not heard of any more still keeps entries from being dropped
 * @param heartbeat how often those who tail are told that there is nothing new
 * @param maxTails how many may tail at once
 * @param mostLag this gateway is not ready while its own items lag more than this
 */
public record ItemLogStore(
        Path folder,
        @Default("1GiB") ByteSize maxBytes,
        @Default("100000") long maxEntries,
        @Default("16MiB") ByteSize segmentBytes,
        @Default("10m") Duration memory,
        @Default("100ms") Duration heartbeat,
        @Default("1024") int maxTails,
        @Default("1s") Duration mostLag) {
    public ItemLogStore {
        Rule.between("max_bytes", maxBytes, ByteSize.mebibytes(1), new ByteSize(1L << 40));
        Rule.between("max_entries", maxEntries, 1, 1_000_000_000L);
        Rule.between("segment_bytes", segmentBytes, new ByteSize(1 << 10), ByteSize.mebibytes(1024));
        Rule.between("memory", memory, Duration.ofSeconds(1), Duration.ofDays(30));
        Rule.between("heartbeat", heartbeat, Duration.ofMillis(10), Duration.ofSeconds(10));
        Rule.between("max_tails", maxTails, 1, 100_000);
        ItemLogSettings.checkMostLag(mostLag);
    }
}
