package dev.funnel.candidate.retrieve;

/**
 * One generator to ask.
 *
 * @param name its name
 * @param limit how many items it may nominate; 0: its default
 */
public record GeneratorAsk(String name, int limit) {}
