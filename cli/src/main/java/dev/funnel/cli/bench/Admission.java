package dev.funnel.cli.bench;

import dev.funnel.cli.cluster.Service;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** How services are told to let everybody in. */
final class Admission {

    /** Nobody is turned away. */
    static final List<SettingOverride> OFF = Arrays.stream(Service.values())
            .flatMap(service -> Stream.of(
                    new SettingOverride(service, List.of("server", "admission", "adaptive"), "false"),
                    new SettingOverride(service, List.of("server", "admission", "max"), "1000000")))
            .toList();

    private Admission() {}
}
