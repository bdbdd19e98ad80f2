package dev.funnel.reranker.rule;

/** A screen is a filter prepared for one request. Both methods take a position in the pool, and neither changes anything. */
public interface Screen {
    /** True if the candidate must go. */
    boolean removes(int position);

    /** Why it must go, for people, e.g. "watched 3 days ago"; asked only about candidates it removes. */
    String reason(int position);
}
