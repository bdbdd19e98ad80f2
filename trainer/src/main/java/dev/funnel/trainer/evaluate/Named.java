package dev.funnel.trainer.evaluate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds enum constants by their name in lower case, as people write them. */
final class Named {

    private Named() {}

    static <E extends Enum<E>> E of(String what, String name, E[] all) {
        for (E one : all) {
            if (label(one).equals(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException(what + " is \"" + name + "\", must be one of "
                + Arrays.stream(all).map(Named::label).collect(Collectors.joining(", ")));
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
