package dev.funnel.reranker.rule;

import java.time.Duration;

/**
 * What a rule that reaches over time read before a slate, and what the slate adds.
 *
 * @param before exposure of earlier slates: the total, then one number for each key
 * @param added exposure in this slate, likewise
 * @param halfLife time after which exposure counts half
 */
public record Reach(double[] before, double[] added, Duration halfLife) {}
