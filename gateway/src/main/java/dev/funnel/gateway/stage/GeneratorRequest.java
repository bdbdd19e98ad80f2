package dev.funnel.gateway.stage;

/**
 * A generator to ask.
 *
 * @param name its name
 * @param limit how many items it may nominate; 0: its default
 */
public record GeneratorRequest(String name, int limit) {}
