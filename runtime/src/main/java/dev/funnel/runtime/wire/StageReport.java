package dev.funnel.runtime.wire;

import java.time.Duration;
import java.util.List;

/**
 * What a stage did.
 *
 * @param stage which
 * @param itemsIn items that went in; 0 for candidate generation
 * @param itemsOut items that came out
 * @param elapsed time inside it
 * @param components its parts
 */
public record StageReport(Stage stage, int itemsIn, int itemsOut, Duration elapsed, List<ComponentReport> components) {}
