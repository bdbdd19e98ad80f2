package dev.funnel.reranker.rule;

/**
 * A rule of a policy. It is immutable configuration that knows how to act on one request; everything it remembers about a
 * request lives in what it makes for that request.
 */
public sealed interface PolicyRule permits Filter, ScoreTransform, SlateRule {
    /** Its identifier within the policy: reason code, metric name and configuration key alike. */
    String name();
}
