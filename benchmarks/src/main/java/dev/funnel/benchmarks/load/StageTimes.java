package dev.funnel.benchmarks.load;

/**
 * Where the time of one answer went, as its reports say, nanoseconds.
 *
 * @param gateway from the request's arrival at the gateway to its answer, the stages included
 * @param candidates inside candidate generation
 * @param ranking inside ranking
 * @param reranking inside re-ranking
 * @param pool how many candidates there were
 */
public record StageTimes(long gateway, long candidates, long ranking, long reranking, int pool) {
    /** Of an answer that says nothing. */
    public static final StageTimes NONE = new StageTimes(0, 0, 0, 0, 0);
}
