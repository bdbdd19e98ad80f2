package dev.funnel.trainer.evaluate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a system is evaluated offline. */
public enum Protocol {
    /** Leave-one-out on the files of He et al. (2017), see {@link NcfEvaluation}. */
    NCF,
    /** All items the user has not interacted with are ranked, see {@link FullEvaluation}. */
    FULL;

    /** Its name as written on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The protocol with a name as written on the command line; throws {@link IllegalArgumentException} naming all. */
    public static Protocol named(String name) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("protocol is \"" + name + "\", must be one of "
                        + Arrays.stream(values()).map(Protocol::label).collect(Collectors.joining(", "))));
    }
}
