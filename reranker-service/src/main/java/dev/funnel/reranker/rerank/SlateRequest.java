package dev.funnel.reranker.rerank;

import dev.funnel.runtime.wire.ExpressionFilter;
import dev.funnel.runtime.wire.StrictRule;
import java.util.List;

/**
 * What kind of answer is wanted.
 *
 * @param size how many items the slate should have, 1 to 500
 * @param strictRules the pipeline's rules, which never give way
 * @param traceItemIds items to say more about
 * @param explain true: say every removal and every score change
 * @param expressions further filters of this request alone
 * @param effort how hard to try, in (0, 1]: scales the windows of rules that choose
 */
public record SlateRequest(
        int size,
        List<StrictRule> strictRules,
        List<String> traceItemIds,
        boolean explain,
        List<ExpressionFilter> expressions,
        float effort) {

    /** Without further filters. */
    public SlateRequest(int size, List<StrictRule> strictRules, List<String> traceItemIds, boolean explain) {
        this(size, strictRules, traceItemIds, explain, List.of());
    }

    /** With full effort. */
    public SlateRequest(
            int size,
            List<StrictRule> strictRules,
            List<String> traceItemIds,
            boolean explain,
            List<ExpressionFilter> expressions) {
        this(size, strictRules, traceItemIds, explain, expressions, 1);
    }

    /** True if anything is to be said about single items. */
    boolean remembers() {
        return explain || !traceItemIds.isEmpty();
    }
}
