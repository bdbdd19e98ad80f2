package dev.funnel.inference;

import dev.funnel.inference.engine.EngineChoice;

/**
 * How a ranker's network is run.
 *
 * @param engine which engine may run it
 * @param projectionBudgetBytes memory for items' shares of the network; 0: it runs as it is stored
 */
public record RankerSettings(EngineChoice.Setting engine, long projectionBudgetBytes) {
    /** Without measuring, and without memory for shares: for offline use. */
    public static final RankerSettings AS_STORED = new RankerSettings(EngineChoice.Setting.ONNX, 0);

    /** What a ranking service does unless it is told otherwise. */
    public static final RankerSettings DEFAULT = new RankerSettings(EngineChoice.Setting.AUTO, 512L << 20);

    public RankerSettings {
        if (projectionBudgetBytes < 0) {
            throw new IllegalArgumentException("a budget of " + projectionBudgetBytes + " bytes: must be at least 0");
        }
    }
}
