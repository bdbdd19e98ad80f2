package dev.funnel.reranker.rule;

import dev.funnel.bundle.InvalidPredicateException;
import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTest;
import dev.funnel.reranker.expression.CandidateExpression;
import dev.funnel.reranker.expression.ExpressionRefused;
import dev.funnel.reranker.expression.Expressions;
import dev.funnel.reranker.snapshot.ItemFacts;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request as rules see it. For one thread: what is costly is worked out when it is first asked for. */
public final class RerankInput {
    /** Reason for a policy that asks for what the bundle does not have. */
    public static final String POLICY_DOES_NOT_FIT = "POLICY_DOES_NOT_FIT_BUNDLE";

    /** Under this name rules that read heads find the score as it came. */
    public static final String SCORE = "score";

    private final RerankerSnapshot snapshot;
    private final Pool pool;
    private final UserState user;
    private final Query query;
    private final long seed;
    private final Map<String, float[]> heads;
    private final Exposures exposures;
    private float @Nullable [] clickBait;

    /**
     * @param snapshot the bundle version
     * @param pool what to choose from
     * @param user what is known of the user
     * @param query what was asked, stamped with its time
     * @param seed seed of everything random
     * @param heads further values per candidate, by the head's name
     * @param exposures what earlier slates showed
     */
    public RerankInput(
            RerankerSnapshot snapshot,
            Pool pool,
            UserState user,
            Query query,
            long seed,
            Map<String, float[]> heads,
            Exposures exposures) {
        this.snapshot = snapshot;
        this.pool = pool;
        this.user = user;
        this.query = query;
        this.seed = seed;
        this.heads = heads;
        this.exposures = exposures;
    }

    /** Without heads, and as if nothing was shown before. */
    public RerankInput(RerankerSnapshot snapshot, Pool pool, UserState user, Query query, long seed) {
        this(snapshot, pool, user, query, seed, Map.of(), Exposures.NONE);
    }

    public RerankerSnapshot snapshot() {
        return snapshot;
    }

    public Pool pool() {
        return pool;
    }

    public UserState user() {
        return user;
    }

    public Query query() {
        return query;
    }

    public long seed() {
        return seed;
    }

    public Exposures exposures() {
        return exposures;
    }

    public ItemFacts facts() {
        return snapshot.facts();
    }

    /** Item index of a candidate; -1 if the bundle does not hold it. */
    public int item(int position) {
        return pool.item(position);
    }

    /** The instant the slate is for, in ms since 1970. */
    public long timeMillis() {
        return query.context().timeMillis();
    }

    /** Values per candidate that came along, by the head's name. */
    public Map<String, float[]> heads() {
        return heads;
    }

    /**
     * The values of a head, or under {@value #SCORE} the scores as they came, by position.
     *
     * @throws CallerError if the request does not carry the head
     */
    float[] head(String head, PolicyRule rule) {
        if (head.equals(SCORE)) {
            return pool.scores();
        }
        float[] values = heads.get(head);
        if (values == null) {
            throw new CallerError(
                    "heads", heads.keySet(), "must hold \"" + head + "\", which rule " + rule.name() + " reads");
        }
        return values;
    }

    /**
     * How probably a click on a candidate is left at once, by position.
     *
     * @throws PreconditionFailed if the bundle has no click-bait model
     */
    float[] clickBait(PolicyRule rule) {
        if (!snapshot.hasClickBaitModel()) {
            throw doesNotFit("rule " + rule.name() + " needs a click-bait model");
        }
        return clickBait();
    }

    /** How probably a click on a candidate is left at once; 0 if the bundle has no click-bait model. */
    float clickBait(int position) {
        return snapshot.hasClickBaitModel() ? clickBait()[position] : 0;
    }

    private float[] clickBait() {
        if (clickBait == null) {
            clickBait = snapshot.clickBait(pool.items(), timeMillis());
        }
        return clickBait;
    }

    /**
     * A predicate as it applies to this query.
     *
     * @param field where the predicate stands, for the message
     * @throws InvalidPredicateException if the item table cannot answer it
     */
    ItemTest compile(ItemPredicate predicate, String field) {
        return predicate.compile(snapshot.items(), query.predicateContext(), field);
    }

    /**
     * The predicate of a policy's rule as it applies to this query.
     *
     * @throws PreconditionFailed if the bundle's item table cannot answer it, e.g. because it lacks the column
     */
    ItemTest compile(ItemPredicate predicate, PolicyRule rule) {
        try {
            return compile(predicate, "rule " + rule.name() + ": where");
        } catch (InvalidPredicateException e) {
            throw doesNotFit(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The expression of a policy's rule over this request's candidates, with the scores as they came.
     *
     * @throws PreconditionFailed if it means nothing over the bundle's columns
     */
    CandidateExpression expression(String source, Expressions.Result result, PolicyRule rule) {
        return expression(source, result, rule, pool.scores());
    }

    /** As above, with {@code scores} under the name of "score". */
    CandidateExpression expression(String source, Expressions.Result result, PolicyRule rule, float[] scores) {
        try {
            return opened(source, result, scores);
        } catch (ExpressionRefused e) {
            throw doesNotFit("rule " + rule.name() + ": " + e.getMessage());
        }
    }

    /** The expression of a request over its candidates. */
    CandidateExpression opened(String source, Expressions.Result result, float[] scores) throws ExpressionRefused {
        return snapshot.expressions().compiled(source, result).open(new InputVariables(this, scores));
    }

    private PreconditionFailed doesNotFit(String why) {
        return new PreconditionFailed(
                POLICY_DOES_NOT_FIT, "bundle " + snapshot.version().value() + " does not fit the policy: " + why);
    }
}
