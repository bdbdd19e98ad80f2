package dev.funnel.cli.command;

import com.google.protobuf.Timestamp;
import dev.funnel.cli.UsageException;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.DeviceType;
import dev.funnel.proto.common.v1.Interaction;
import dev.funnel.proto.common.v1.InteractionKind;
import dev.funnel.proto.common.v1.Query;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import picocli.CommandLine.Option;

/** Who, where, when, like what: every part may be absent. */
final class QueryOptions {

    /** A kind of device. */
    enum Device {
        PHONE(DeviceType.DEVICE_TYPE_PHONE),
        TABLET(DeviceType.DEVICE_TYPE_TABLET),
        DESKTOP(DeviceType.DEVICE_TYPE_DESKTOP),
        TV(DeviceType.DEVICE_TYPE_TV),
        UNKNOWN(DeviceType.DEVICE_TYPE_UNSPECIFIED);

        private final DeviceType type;

        Device(DeviceType type) {
            this.type = type;
        }
    }

    @Option(names = "--user", paramLabel = "ID", defaultValue = "", description = "the user; absent: anonymous")
    private String user = "";

    @Option(
            names = "--recent",
            paramLabel = "ITEM",
            split = ",",
            description = "items just watched, newest first, separated by commas")
    private List<String> recent = List.of();

    @Option(
            names = "--seed-item",
            paramLabel = "ITEM",
            defaultValue = "",
            description = "ask for items related to this one")
    private String seedItem = "";

    @Option(
            names = "--exclude",
            paramLabel = "ITEM",
            split = ",",
            description = "items that must not be shown, separated by commas")
    private List<String> exclude = List.of();

    @Option(names = "--country", paramLabel = "CC", defaultValue = "", description = "ISO 3166-1 country code")
    private String country = "";

    @Option(names = "--language", paramLabel = "TAG", defaultValue = "", description = "BCP 47 language tag")
    private String language = "";

    @Option(
            names = "--device",
            paramLabel = "KIND",
            defaultValue = "unknown",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Device device = Device.UNKNOWN;

    @Option(names = "--time", paramLabel = "INSTANT", defaultValue = "", description = "ISO 8601 instant; absent: now")
    private String time = "";

    Query query() {
        return Query.newBuilder()
                .setUserId(user)
                .addAllRecent(recent.stream().map(QueryOptions::watch).toList())
                .setSeedItemId(seedItem)
                .addAllExcludeItemIds(exclude)
                .setContext(context())
                .build();
    }

    private Context context() {
        Context.Builder context =
                Context.newBuilder().setCountry(country).setLanguage(language).setDevice(device.type);
        if (!time.isEmpty()) {
            Instant instant = instant(time);
            context.setTime(
                    Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).setNanos(instant.getNano()));
        }
        return context.build();
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new UsageException("--time", text, "must be an ISO 8601 instant, e.g. 2026-03-01T20:15:00Z");
        }
    }

    private static Interaction watch(String item) {
        return Interaction.newBuilder()
                .setItemId(item)
                .setKind(InteractionKind.INTERACTION_KIND_WATCH)
                .build();
    }
}
