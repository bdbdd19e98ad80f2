package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LanguageTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new Language("language", false, "language", List.of());
    }

    @Test
    void a_regional_tag_takes_its_primary_language() {
        Catalogue catalogue = new Catalogue(0)
                .item("a")
                .language("de")
                .item("b")
                .language("de-AT")
                .item("c")
                .language("en");
        Request request = new Request(catalogue)
                .candidate("a", 1)
                .candidate("b", 1)
                .candidate("c", 1)
                .language("de-AT");
        Screen screen = filter().screen(request.input());
        assertFalse(screen.removes(0));
        assertFalse(screen.removes(1));
        assertTrue(screen.removes(2));
        assertEquals("is for en, not for language de-AT", screen.reason(2));
    }
}
