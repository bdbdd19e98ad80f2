package dev.funnel.benchmarks.rank;

/**
 * One way to score a pool.
 *
 * @param engine e.g. "onnx", "nd4j-projected"
 * @param scoring makes what one thread then runs again and again
 * @param closing frees it
 */
record Contender(String engine, Scoring scoring, Runnable closing) implements AutoCloseable {
    /** Makes a pool to be scored. */
    interface Scoring {
        Runnable prepare();
    }

    @Override
    public void close() {
        closing.run();
    }
}
