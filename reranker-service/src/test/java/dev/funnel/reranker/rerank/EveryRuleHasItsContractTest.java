package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.reranker.rule.Filter;
import dev.funnel.reranker.rule.ScoreTransform;
import dev.funnel.reranker.rule.SlateRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule without a test that inherits its contract does not get in. */
class EveryRuleHasItsContractTest {
    private static final String RULE_TESTS = "dev.funnel.reranker.rule.";
    private static final String SLATE_TESTS = "dev.funnel.reranker.rerank.";

    @ParameterizedTest
    @MethodSource
    void it_has(String test, String contract) throws ClassNotFoundException {
        assertEquals(contract, Class.forName(test).getSuperclass().getSimpleName());
    }

    static Stream<Arguments> it_has() {
        return Stream.of(
                        tests(Filter.class, RULE_TESTS, "FilterContractTest"),
                        tests(ScoreTransform.class, RULE_TESTS, "TransformContractTest"),
                        tests(SlateRule.Limit.class, SLATE_TESTS, "SlateRuleContractTest"),
                        tests(SlateRule.Draw.class, SLATE_TESTS, "SlateRuleContractTest"),
                        tests(SlateRule.Selection.class, SLATE_TESTS, "SlateRuleContractTest"))
                .flatMap(each -> each);
    }

    private static Stream<Arguments> tests(Class<?> family, String testPackage, String contract) {
        return Arrays.stream(family.getPermittedSubclasses())
                .map(rule -> Arguments.of(testPackage + rule.getSimpleName() + "Test", contract));
    }
}
