package dev.funnel.benchmarks.retrieval;

/**
 * One index at one effort: a point of its curve.
 *
 * @param index the contender's label
 * @param peer whether it is other people's
 * @param effort how hard it was asked to try; 0: it is exact
 * @param recall share of the exact answers found, mean over the queries, 0 to 1
 * @param qpsOneThread queries a second, one thread
 * @param qpsTwoThreads queries a second, two threads
 * @param p50Micros median time of a query on one thread, microseconds
 * @param p99Micros 99th percentile likewise
 * @param buildSeconds the index took to build
 * @param bytes of the index, without the items' own floats
 * @param filter the share of the items that a filter let pass; 1: there was none
 */
public record Point(
        String index,
        boolean peer,
        int effort,
        double recall,
        double qpsOneThread,
        double qpsTwoThreads,
        double p50Micros,
        double p99Micros,
        double buildSeconds,
        long bytes,
        double filter) {}
