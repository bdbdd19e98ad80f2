package dev.funnel.reranker.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;
import java.util.Optional;

/** An expression over the candidates of one request. For one thread. */
public final class CandidateExpression implements CelVariableResolver {
    private final Program program;
    private final Variables variables;
    private int position;

    CandidateExpression(Program program, Variables variables) {
        this.program = program;
        this.variables = variables;
    }

    /** Whether it holds for a candidate; false where it cannot be evaluated. */
    public boolean test(int candidate) {
        try {
            return evaluate(candidate) instanceof Boolean holds && holds;
        } catch (CelEvaluationException e) {
            return false;
        }
    }

    /** What it gives for a candidate; NaN where it cannot be evaluated. */
    public double value(int candidate) {
        try {
            return evaluate(candidate) instanceof Number number ? number.doubleValue() : Double.NaN;
        } catch (CelEvaluationException e) {
            return Double.NaN;
        }
    }

    /** Why it cannot be evaluated for a candidate; empty if it can. */
    public String failure(int candidate) {
        try {
            var _ = evaluate(candidate);
            return "";
        } catch (CelEvaluationException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The value of a variable for the candidate being looked at; called by the library. */
    @Override
    public Optional<Object> find(String name) {
        return Optional.of(variables.value(name, position));
    }

    private Object evaluate(int candidate) throws CelEvaluationException {
        position = candidate;
        return program.eval(this);
    }
}
