package dev.funnel.cli.bench;

import dev.funnel.cli.cluster.ClusterPlan;
import dev.funnel.cli.cluster.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A setting of a service that differs from the sample, as in {@code gateway.server.admission.max=64}.
 *
 * @param path of keys, at least one
 */
public record SettingOverride(Service service, List<String> path, String value) {

    /** @throws IllegalArgumentException if the text is not {@code service.key[.key]=value} */
    public static SettingOverride parse(String text) {
        String[] parts = text.split("=", 2);
        List<String> keys = Arrays.asList(parts[0].split("\\."));
        boolean known =
                Arrays.stream(Service.values()).anyMatch(each -> each.label().equals(keys.getFirst()));
        if (parts.length < 2 || keys.size() < 2 || !known) {
            throw new IllegalArgumentException("must be service.key=value, e.g. gateway.server.admission.max=64");
        }
        Service service = Service.valueOf(keys.getFirst().toUpperCase(Locale.ROOT));
        return new SettingOverride(service, keys.subList(1, keys.size()), parts[1]);
    }

    /** Puts it into a plan. */
    void into(ClusterPlan plan) {
        plan.configuration(service).set(value, path.toArray(String[]::new));
    }
}
