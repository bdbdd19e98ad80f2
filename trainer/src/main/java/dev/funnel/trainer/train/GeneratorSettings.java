package dev.funnel.trainer.train;

import dev.funnel.trainer.fit.CovisitationSettings;
import dev.funnel.trainer.fit.WalsSettings;

/**
 * How the generators are fitted.
 *
 * @param popularityHalfLifeDays age at which an interaction counts half for popularity; infinite: all count the same
 * @param listLength length of the lists of popular and newest items at most
 */
public record GeneratorSettings(
        WalsSettings als, CovisitationSettings covisit, double popularityHalfLifeDays, int listLength) {

    public GeneratorSettings {
        if (!(popularityHalfLifeDays > 0)) {
            throw new IllegalArgumentException(
                    "popularity half-life is " + popularityHalfLifeDays + " days, must be above 0");
        }
        if (listLength < 1 || listLength > 10_000_000) {
            throw new IllegalArgumentException("list length is " + listLength + ", must be 1 to 10,000,000");
        }
    }

    /** The defaults for vectors of a length, on so many threads. */
    public static GeneratorSettings defaults(int dimensions, int threads) {
        return new GeneratorSettings(
                WalsSettings.defaults(dimensions, threads), CovisitationSettings.defaults(threads), 14, 100_000);
    }
}
