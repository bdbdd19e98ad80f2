package dev.funnel.cli.command;

import dev.funnel.cli.UsageException;

/** Checks of option values. */
final class Options {

    private Options() {}

    /** Refuses a value unless its rule holds. */
    static void require(boolean holds, String option, Object value, String rule) {
        if (!holds) {
            throw new UsageException(option, value, rule);
        }
    }

    /** Refuses a value outside of a range, both ends included. */
    static void between(String option, long value, long least, long most) {
        require(value >= least && value <= most, option, value, "must be %,d to %,d".formatted(least, most));
    }
}
