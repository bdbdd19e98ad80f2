package dev.funnel.reranker.expression;

/** What the variables of expressions stand for in one request. */
public interface Variables {
    /**
     * The value of a variable for one candidate: a String, Double, Boolean, {@link java.time.Instant}, a List or a Map of such.
     *
     * @param name as declared, e.g. "item.language"
     * @param position of the candidate in the pool
     */
    Object value(String name, int position);
}
