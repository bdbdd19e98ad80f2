package dev.funnel.reranker.rule;

/**
 * A rule's screen in one request.
 *
 * @param rule the rule's identifier
 * @param preferred true if it gives way when the slate would be short
 */
public record RuleScreen(String rule, boolean preferred, Screen screen) {
    /** A filter of a policy in one request. */
    public static RuleScreen of(Filter filter, RerankInput input) {
        return new RuleScreen(filter.name(), filter.preferred(), filter.screen(input));
    }

    /** A screen that never gives way. */
    static RuleScreen strict(String rule, Screen screen) {
        return new RuleScreen(rule, false, screen);
    }
}
