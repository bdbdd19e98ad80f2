package dev.funnel.cli.command;

import dev.funnel.cli.UsageException;
import java.util.function.Function;

/** Checks of option values. */
final class Options {

    private Options() {}

    /** Refuses a value unless its rule holds. */
    static void require(boolean holds, String option, Object value, String rule) {
        if (!holds) {
            throw new UsageException(option, value, rule);
        }
    }

    /** A value made of an option's text; refused with the words of the {@link IllegalArgumentException} that making it throws. */
    static <T> T parsed(String option, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option, text, String.valueOf(e.getMessage()));
        }
    }

    /** Refuses a value outside of a range, both ends included. */
    static void between(String option, long value, long least, long most) {
        require(value >= least && value <= most, option, value, "must be %,d to %,d".formatted(least, most));
    }

    /** Refuses a length of measuring that is not above 0 or beyond ten minutes. */
    static void seconds(double seconds) {
        require(seconds > 0 && seconds <= 600, "--seconds", seconds, "must be above 0 and at most 600");
    }

    /** Refuses a length of warming up that is below 0 or beyond ten minutes. */
    static void warmUp(double seconds) {
        require(seconds >= 0 && seconds <= 600, "--warm-up", seconds, "must be 0 to 600");
    }
}
