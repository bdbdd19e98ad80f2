package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.wire.FeatureValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new Expression(
                "expression", false, "item.duration_seconds < 500.0 && item.language != query.language && score > 1.0");
    }

    @Test
    void every_kind_of_variable_can_be_used() {
        List<String> holding = List.of(
                "item.id == 'a'",
                "item.language == 'de' && query.language == 'de'",
                "item.uploader.startsWith('u')",
                "'x' in item.categories",
                "item.categories.exists(c, c == 'x')",
                "item.duration_seconds == 120.0",
                "item.age_seconds <= 3600.0",
                "item.published_at < query.time",
                "query.time - item.published_at <= duration('1h')",
                "score > 2.0 && scores.watch_time == 5.0",
                "click_bait < 0.5",
                "!user.known && user.profile.age > 13",
                "size(user.followed_uploaders) == 0",
                "query.device == 'unknown' && query.user_id == ''");
        RerankInput input = request().input();
        for (String expression : holding) {
            assertFalse(new Expression("e", false, expression).screen(input).removes(0), expression);
            assertTrue(
                    new Expression("e", false, "!(" + expression + ")")
                            .screen(input)
                            .removes(0),
                    expression);
        }
    }

    @Test
    void an_item_for_which_it_cannot_be_evaluated_goes() {
        Screen screen = new Expression("e", false, "user.profile.height > 3")
                .screen(request().input());
        assertTrue(screen.removes(0));
        assertTrue(screen.reason(0).startsWith("cannot be evaluated: "), screen.reason(0));
    }

    @Test
    void what_a_bundle_cannot_answer_or_costs_too_much_is_refused() {
        Map<String, String> refused = Map.of(
                "item.colour == 'red'", "colour",
                "item.language > 3", "no matching overload",
                "item.duration_seconds", "must give true or false",
                "item.language ==", "mismatched input",
                "item.categories.all(a, item.categories.all(b, a == b))", "steps");
        refused.forEach((expression, named) -> {
            BundleFit fit = new BundleFit(request().input().snapshot());
            new Expression("e", false, expression).check(fit);
            assertTrue(fit.problems().toString().contains(named), fit.problems() + " names " + named);
        });
    }

    private static Request request() {
        Catalogue catalogue = new Catalogue(0)
                .item("a")
                .language("de")
                .uploader("u")
                .categories("x", "y")
                .duration(120)
                .published(Request.NOW - 3_600_000);
        return new Request(catalogue)
                .candidate("a", 3)
                .language("de")
                .head("watch_time", "a", 5)
                .profile("age", new FeatureValue.Number(14));
    }
}
