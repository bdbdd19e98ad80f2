package dev.funnel.runtime.bundle;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a process finds its bundle: the {@code bundles} section of every service's configuration.
 *
 * @param root folder of all bundles
 * @param name the bundle served: versions lie in {@code <root>/<name>/<version>/}
 * @param poll how often the folder is looked at for new versions
 */
public record BundleSettings(
        @Default("./bundles") Path root,
        @Default("demo") String name,
        @Default("2s") Duration poll) {
    public BundleSettings {
        Rule.notBlank("name", name);
        Rule.between("poll", poll, Duration.ofMillis(10), Duration.ofHours(1));
    }
}
