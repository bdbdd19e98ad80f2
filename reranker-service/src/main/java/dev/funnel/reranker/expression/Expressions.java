package dev.funnel.reranker.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import dev.funnel.bundle.ColumnKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Compiles expressions over the columns of one bundle version: CEL, checked for types, unknown names and cost before it runs.
 * What was compiled is kept, at most {@value #KEPT} expressions. Thread-safe.
 */
public final class Expressions {
    /** Longest expression, in code points. */
    public static final int LONGEST = 2_000;

    /** Most steps that one evaluation may take, as {@link Cost} bounds them. */
    public static final int MOST_STEPS = 5_000;

    private static final int KEPT = 256;
    private static final int MOST_NODES = 400;
    private static final int DEEPEST = 32;
    private static final int LARGEST_PATTERN = 500;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseExpressionNodeCount(MOST_NODES)
            .maxParseRecursionDepth(DEEPEST)
            .maxRegexProgramSize(LARGEST_PATTERN)
            .comprehensionMaxIterations(Cost.LONGEST_LIST)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private final CelCompiler compiler;
    private final CelRuntime runtime;
    private final Map<Key, CompiledExpression> compiled = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompiledExpression> eldest) {
            return size() > KEPT;
        }
    };

    /** What an expression has to give. */
    public enum Result {
        BOOLEAN(Set.of(CelKind.BOOL), "true or false"),
        NUMBER(Set.of(CelKind.DOUBLE, CelKind.INT, CelKind.UINT), "a number");

        private final Set<CelKind> kinds;
        private final String words;

        Result(Set<CelKind> kinds, String words) {
            this.kinds = kinds;
            this.words = words;
        }
    }

    private record Key(String source, Result result) {}

    /** Expressions over a table of items with these columns. */
    public Expressions(Map<String, ColumnKind> columns) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        Declarations.of(columns).forEach(builder::addVar);
        this.compiler = builder.build();
        this.runtime =
                CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();
    }

    /**
     * An expression, ready to be opened for requests.
     *
     * @throws ExpressionRefused saying what is wrong with it and at which column
     */
    public CompiledExpression compiled(String source, Result result) throws ExpressionRefused {
        Key key = new Key(source, result);
        synchronized (compiled) {
            CompiledExpression known = compiled.get(key);
            if (known != null) {
                return known;
            }
        }
        CompiledExpression fresh = compile(source, result);
        synchronized (compiled) {
            compiled.put(key, fresh);
        }
        return fresh;
    }

    private CompiledExpression compile(String source, Result result) throws ExpressionRefused {
        try {
            CelValidationResult validated = compiler.compile(source);
            CelAbstractSyntaxTree tree = validated.getAst();
            if (!result.kinds.contains(tree.getResultType().kind())) {
                throw new ExpressionRefused(
                        "\"" + source + "\" gives " + tree.getResultType().name() + ", must give " + result.words);
            }
            long steps = Cost.of(tree.getExpr());
            if (steps > MOST_STEPS) {
                throw new ExpressionRefused(
                        "\"" + source + "\" may take " + steps + " steps, at most " + MOST_STEPS + " are allowed");
            }
            Program program = runtime.createProgram(tree);
            return new CompiledExpression(program, steps);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new ExpressionRefused("\"" + source + "\": " + e.getMessage());
        }
    }
}
