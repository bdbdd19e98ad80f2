package dev.funnel.bundle.schema;

/** How a raw number becomes one that a network learns from easily. */
public enum Scale {
    /** As it is, clipped to [-1e6, 1e6]; for shares and flags that lie in [0, 1] anyway. */
    NONE,
    /**
     * Its cumulative share in the training examples, in [0, 1], interpolated linearly between stored quantiles (Covington et
     * al. 2016, section 4.1). Tensor {@code quantiles.<feature>}: [k, 2], raw value ascending, cumulative share.
     */
    QUANTILE,
    /** Minus the mean, over the standard deviation, clipped to [-8, 8]. Tensor {@code standard.<feature>}: [2], mean, deviation. */
    STANDARD
}
