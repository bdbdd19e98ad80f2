package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountryTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new Country("country", false, "country", List.of());
    }

    @Test
    void items_of_other_countries_go_and_those_of_none_stay() {
        Request request = request().country("DE");
        Screen screen = filter().screen(request.input());
        assertFalse(screen.removes(0));
        assertTrue(screen.removes(1));
        assertFalse(screen.removes(2));
        assertEquals("is for AT, not for country DE", screen.reason(1));
        Screen both = new Country("c", false, "country", List.of("AT")).screen(request.input());
        assertFalse(both.removes(1));
    }

    @Test
    void an_unknown_country_keeps_all() {
        Screen screen = filter().screen(request().input());
        assertFalse(screen.removes(0) || screen.removes(1) || screen.removes(2));
    }

    private static Request request() {
        Catalogue catalogue =
                new Catalogue(0).item("a").country("DE").item("b").country("AT").item("c");
        return new Request(catalogue).candidate("a", 1).candidate("b", 1).candidate("c", 1);
    }
}
