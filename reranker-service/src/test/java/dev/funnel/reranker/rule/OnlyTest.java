package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.QueryField;
import dev.funnel.runtime.error.PreconditionFailed;
import org.junit.jupiter.api.Test;

class OnlyTest extends FilterContractTest {
    private static final ItemPredicate LANGUAGE_OF_THE_VIEWER =
            new ItemPredicate.Equal("language", QueryField.LANGUAGE);

    @Override
    Filter filter() {
        return new Only("only_german", false, LANGUAGE_OF_THE_VIEWER);
    }

    @Test
    void items_for_which_the_predicate_does_not_hold_go() {
        Request request = new Request(new Catalogue(0)
                        .item("a")
                        .language("de")
                        .item("b")
                        .language("en")
                        .item("c"))
                .candidate("a", 1)
                .candidate("b", 1)
                .candidate("c", 1)
                .language("de");
        Screen screen = filter().screen(request.input());
        assertFalse(screen.removes(0));
        assertTrue(screen.removes(1));
        assertTrue(screen.removes(2));
    }

    @Test
    void a_column_that_the_bundle_lacks_is_a_failed_precondition_naming_rule_and_column() {
        Only only = new Only("adults", false, new ItemPredicate.Present("age_rating"));
        RerankInput input =
                new Request(new Catalogue(0).item("a")).candidate("a", 1).input();
        PreconditionFailed failed = assertThrows(PreconditionFailed.class, () -> only.screen(input));
        assertTrue(message(failed).contains("adults"), message(failed));
        assertTrue(message(failed).contains("age_rating"), message(failed));
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
