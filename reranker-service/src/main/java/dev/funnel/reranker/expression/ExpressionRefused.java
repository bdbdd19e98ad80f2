package dev.funnel.reranker.expression;

/** An expression that means nothing over a bundle's columns, gives the wrong type, or costs too much; says which and where. */
public final class ExpressionRefused extends Exception {
    public ExpressionRefused(String message) {
        super(message);
    }
}
