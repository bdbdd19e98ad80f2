package dev.funnel.trainer.read;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files to train on, each CSV ({@code .csv}, {@code .tsv}), Parquet ({@code .parquet}) or JSON lines ({@code .jsonl},
 * {@code .ndjson}, {@code .json}); the text formats also as {@code .gz}.
 *
 * @param users null: the users are those of the interactions, without profile
 * @param impressions null: the ranker learns from interactions and sampled negatives
 * @param itemLog folder of the item log, whose changes are applied to the items; null: none
 */
public record TrainingInput(
        Path items,
        @Nullable Path users,
        Path interactions,
        @Nullable Path impressions,
        @Nullable Path itemLog) {

    /** Files without an item log. */
    public TrainingInput(Path items, @Nullable Path users, Path interactions, @Nullable Path impressions) {
        this(items, users, interactions, impressions, null);
    }
}
