package dev.funnel.reranker.rerank;

/**
 * What a rule says of an item.
 *
 * @param rule the rule's identifier
 * @param reason for people
 */
record RuleVerdict(String rule, String reason) {}
