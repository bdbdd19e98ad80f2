package dev.funnel.trainer.read;

import org.jspecify.annotations.Nullable;

/** Everything there is to train on: two tables, whose rows number items and users, and what happened between them. */
public record TrainingLog(
        InputTable items,
        InputTable users,
        InteractionLog interactions,
        @Nullable ImpressionLog impressions,
        ReadReport report) {}
