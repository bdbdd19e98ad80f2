package dev.funnel.reranker.rule;

/**
 * A screen that removes a given set of candidates, all for the same reason.
 *
 * @param marks what it removes
 * @param why the reason, for people
 */
record MarkedScreen(Marks marks, String why) implements Screen {
    @Override
    public boolean removes(int position) {
        return marks.contains(position);
    }

    @Override
    public String reason(int position) {
        return why;
    }
}
