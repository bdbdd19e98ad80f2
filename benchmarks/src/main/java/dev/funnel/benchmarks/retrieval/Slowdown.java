package dev.funnel.benchmarks.retrieval;

/**
 * What a filter costs an index.
 *
 * @param filter the share of the items that it lets pass
 * @param recall that is reached with and without it
 * @param qps with it, queries a second on one thread
 * @param ratio to the queries a second without it
 */
public record Slowdown(String index, double filter, double recall, double qps, double ratio) {}
