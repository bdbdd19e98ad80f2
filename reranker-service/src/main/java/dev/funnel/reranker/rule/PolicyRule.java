package dev.funnel.reranker.rule;

/**
 * A rule of a policy. It is immutable configuration that knows how to act on one request; everything it remembers about a
 * request lives in what it makes for that request.
 */
public sealed interface PolicyRule permits Filter, ScoreTransform, SlateRule {
    /** Its identifier within the policy: reason code, metric name and configuration key alike. */
    String name();

    /** Tells {@code fit} what of the rule a bundle cannot answer: columns it lacks or has of another kind, a model it lacks. */
    default void check(BundleFit fit) {}
}
