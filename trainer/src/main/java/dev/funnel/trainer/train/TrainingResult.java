package dev.funnel.trainer.train;

import org.jspecify.annotations.Nullable;

/**
 * What came of a training.
 *
 * @param heldOut predictions for held-out impressions, made before the generators were fitted on them; null without a ranker
 *     or without impressions
 */
public record TrainingResult(
        TrainingReport report, @Nullable HeldOutPages heldOut) {}
