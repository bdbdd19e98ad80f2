package dev.funnel.reranker.rerank;

/**
 * What a rule says of an item.
 *
 * @param rule the rule's identifier; empty: no rule, the score alone
 * @param reason for people
 */
record RuleVerdict(String rule, String reason) {
    /** No rule has to do with it. */
    static final RuleVerdict NONE = new RuleVerdict("", "by its score");
}
