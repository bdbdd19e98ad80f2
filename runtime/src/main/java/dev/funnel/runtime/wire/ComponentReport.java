package dev.funnel.runtime.wire;

import java.time.Duration;

/**
 * What one part of a stage did.
 *
 * @param component its identifier
 * @param itemsIn items that went in
 * @param itemsOut items that came out
 * @param elapsed time inside it
 * @param note what it has to say, for people
 */
public record ComponentReport(String component, int itemsIn, int itemsOut, Duration elapsed, String note) {}
