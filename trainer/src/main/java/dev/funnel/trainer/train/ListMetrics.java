package dev.funnel.trainer.train;

/** Quality of ranked lists, means over users; see {@link ListTally}. NaN if there were no users. */
public record ListMetrics(double recallAt50, double ndcgAt10, double hitRateAt10, int users) {}
