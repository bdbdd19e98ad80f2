package dev.funnel.benchmarks.retrieval;

/**
 * What one of our indexes does at a recall, beside the best peer that reaches it.
 *
 * @param filter the share of the items that a filter let pass; 1: there was none
 * @param recall at which both are compared
 * @param index ours
 * @param qps of ours, queries a second on one thread
 * @param peer the fastest peer at this recall; if none reaches it, the peer whose best recall is highest
 * @param peerRecall {@code recall}, or the peer's best if none reaches it
 * @param peerQps of the peer at {@code peerRecall}
 */
public record Comparison(
        double filter, double recall, String index, double qps, String peer, double peerRecall, double peerQps) {

    /** How many times as many queries as the peer. */
    public double ratio() {
        return qps / peerQps;
    }
}
