package dev.funnel.runtime.wire;

/**
 * A filter in CEL that one request brings along.
 *
 * @param name its identifier: reason code
 * @param keep what must hold for an item to be shown
 * @param preferred true if it gives way when the slate would be short
 */
public record ExpressionFilter(String name, String keep, boolean preferred) {}
