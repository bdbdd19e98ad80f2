package dev.funnel.reranker.rule;

/**
 * A filter removes candidates, each with a reason. It never reorders and never adds. A filter that is preferred gives way when
 * the slate would be short; any other never does.
 */
public sealed interface Filter extends PolicyRule
        permits AgeRating,
                BlockedCategory,
                BlockedUploader,
                ClickBait,
                Country,
                Disliked,
                Expired,
                Expression,
                Fatigue,
                Language,
                Only,
                QualityFloor,
                SeedItem,
                Unpublished,
                Watched {

    /** True if it gives way when the slate would be short. */
    boolean preferred();

    /** The filter as it applies to one request. */
    Screen screen(RerankInput input);
}
