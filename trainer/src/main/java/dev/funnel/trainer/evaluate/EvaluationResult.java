package dev.funnel.trainer.evaluate;

import java.util.Map;

/**
 * What an evaluation found.
 *
 * @param system what was evaluated, e.g. "als"
 * @param protocol how, e.g. "ncf"
 * @param metrics by name, e.g. "hr@10", in the order in which they are to be shown, rounded to four decimals
 * @param seconds from the first byte read to the last metric
 * @param stageSeconds the seconds of each stage: read, fit, evaluate
 * @param memory the most that was in use
 * @param notes what else a reader needs to understand the figures, e.g. the settings, by name
 */
public record EvaluationResult(
        String system,
        String protocol,
        Map<String, Double> metrics,
        double seconds,
        Map<String, Double> stageSeconds,
        PeakMemory.Peak memory,
        Map<String, String> notes) {}
