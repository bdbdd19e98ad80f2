package dev.funnel.reranker.expression;

import dev.cel.runtime.Program;

/** An expression that was checked and can be opened for requests. Immutable. */
public final class CompiledExpression {
    private final Program program;
    private final long steps;

    CompiledExpression(Program program, long steps) {
        this.program = program;
        this.steps = steps;
    }

    /** Upper bound of the steps that one evaluation takes. */
    public long steps() {
        return steps;
    }

    /** The expression over the candidates of one request. */
    public CandidateExpression open(Variables variables) {
        return new CandidateExpression(program, variables);
    }
}
