package dev.funnel.reranker.rule;

import dev.funnel.bundle.InvalidPredicateException;
import dev.funnel.bundle.ItemPredicate;
import dev.funnel.reranker.expression.CandidateExpression;
import dev.funnel.reranker.expression.ExpressionRefused;
import dev.funnel.reranker.expression.Expressions;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.wire.ExpressionFilter;
import dev.funnel.runtime.wire.StrictRule;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules that a request brings along. They stand before every policy's own, whichever policy is asked for, and never give
 * way: the bundle holds the item, the request does not exclude it, its filter holds, its strict rules hold.
 */
public final class RequestRules {
    public static final String UNKNOWN_ITEM = "unknown_item";
    public static final String EXCLUDED = "excluded";
    public static final String QUERY_FILTER = "query_filter";

    private RequestRules() {}

    /** Names that a policy's rules cannot have. */
    public static List<String> names() {
        return List.of(UNKNOWN_ITEM, EXCLUDED, QUERY_FILTER);
    }

    /**
     * The request's rules as screens, in the order they apply. What is not known to the bundle goes first: every other screen
     * may take the item for known.
     *
     * @throws CallerError for a predicate that the item table cannot answer, naming its field
     */
    public static List<RuleScreen> screens(RerankInput input, List<StrictRule> strictRules) {
        List<RuleScreen> screens = new ArrayList<>();
        screens.add(RuleScreen.strict(UNKNOWN_ITEM, unknownItems(input)));
        Marks excluded = Marks.of(input.pool(), input.query().excludeItemIds());
        screens.add(RuleScreen.strict(EXCLUDED, new MarkedScreen(excluded, "excluded in the request")));
        ItemPredicate filter = input.query().filter();
        if (filter != null) {
            screens.add(RuleScreen.strict(QUERY_FILTER, holding(input, filter, "query.filter")));
        }
        for (int i = 0; i < strictRules.size(); i++) {
            StrictRule rule = strictRules.get(i);
            String field = "strict_rules[" + i + "].predicate";
            screens.add(RuleScreen.strict(rule.name(), holding(input, rule.predicate(), field)));
        }
        return screens;
    }

    /**
     * The request's expressions as screens.
     *
     * @throws CallerError for one that means nothing over the bundle's columns, naming its field
     */
    public static List<RuleScreen> expressions(RerankInput input, List<ExpressionFilter> filters) {
        List<RuleScreen> screens = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            ExpressionFilter filter = filters.get(i);
            try {
                CandidateExpression expression = input.opened(
                        filter.keep(), Expressions.Result.BOOLEAN, input.pool().scores());
                ExpressionScreen screen = new ExpressionScreen(expression, filter.keep());
                screens.add(new RuleScreen(filter.name(), filter.preferred(), screen));
            } catch (ExpressionRefused e) {
                throw new CallerError("expressions[" + i + "].keep", filter.keep(), String.valueOf(e.getMessage()));
            }
        }
        return screens;
    }

    private static Screen unknownItems(RerankInput input) {
        return new Screen() {
            @Override
            public boolean removes(int position) {
                return input.item(position) < 0;
            }

            @Override
            public String reason(int position) {
                return "not in bundle " + input.snapshot().version().value();
            }
        };
    }

    private static Screen holding(RerankInput input, ItemPredicate predicate, String field) {
        try {
            return new PredicateScreen(input, predicate, input.compile(predicate, field));
        } catch (InvalidPredicateException e) {
            throw new CallerError(e.field(), e.value(), e.rule());
        }
    }
}
