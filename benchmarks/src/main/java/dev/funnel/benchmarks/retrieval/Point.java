package dev.funnel.benchmarks.retrieval;

import org.jspecify.annotations.Nullable;

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
 * @param openSeconds of an index that bundles hold: from its files, which were just written, to its first answer; null: it is never stored
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
        @Nullable Double openSeconds,
        double filter) {}
