package dev.funnel.runtime.log;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.config.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a process follows the item log: the {@code item_log} section of a service's configuration; without it, items change with the
 * bundle only.
 *
 * @param target {@code host:port} of the log's owner
 * @param mostLag a process that hears the owner, and may lack an entry acknowledged longer ago than this, is not ready
 * @param mostSilence a process that had everything when it last heard the owner stays ready for as long without a word, 0s to 1d;
 *     no longer than {@code most_lag}: silence counts as lag
 * @param apiKey what to send as {@code x-api-key}, if the owner asks for keys
 */
public record ItemLogSettings(
        String target,
        @Default("1s") Duration mostLag,
        @Default("60s") Duration mostSilence,
        @Nullable Secret apiKey) {
    public ItemLogSettings {
        Rule.notBlank("target", target);
        checkMostLag(mostLag);
        Rule.between("most_silence", mostSilence, Duration.ZERO, Duration.ofDays(1));
    }

    /** With the usual patience in silence. */
    public ItemLogSettings(String target, Duration mostLag, @Nullable Secret apiKey) {
        this(target, mostLag, Duration.ofSeconds(60), apiKey);
    }

    /** The rule for {@code most_lag}, wherever it stands. */
    public static void checkMostLag(Duration mostLag) {
        Rule.between("most_lag", mostLag, Duration.ofMillis(500), Duration.ofHours(1));
    }
}
