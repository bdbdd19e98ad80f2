package dev.funnel.reranker.rule;

import java.time.Duration;

/**
 * What a policy's earlier slates showed, as rules that reach over time see it: by rule, exposure in total and of each of its
 * keys, weighted by place ({@link Exposure}) and halved every half-life. The answer to a request says what was read here, so
 * that it can be given again and the slate be replayed.
 */
public interface Exposures {
    /** Nothing was shown before. */
    Exposures NONE = (rule, keys, halfLife) -> new double[1 + keys];

    /**
     * What a rule's earlier slates showed, as of the query's time.
     *
     * @param keys how many keys the rule tells apart
     * @return a new array: the total, then one number for each key
     */
    double[] before(String rule, int keys, Duration halfLife);
}
