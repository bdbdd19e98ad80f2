package dev.funnel.runtime.admission;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much it matters that a call is answered now; what matters least is shed first. */
public enum Priority {
    /** A person waits for it. */
    INTERACTIVE,
    /** A person may ask for it in a moment. */
    PREFETCH,
    /** Nobody waits. */
    BATCH;

    /** As headers, configuration and metrics write it: {@code interactive}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The priority with this label. */
    public static Optional<Priority> of(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst();
    }

    /** All labels, highest first. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Priority::label).toList();
    }

    /** This priority, or {@code highest} if that is lower. */
    public Priority atMost(Priority highest) {
        return compareTo(highest) >= 0 ? this : highest;
    }
}
