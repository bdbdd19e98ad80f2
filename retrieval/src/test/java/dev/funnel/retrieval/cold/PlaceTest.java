package dev.funnel.retrieval.cold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PlaceTest {

    private static final Set<String> KNOWN =
            Set.of("country=DE,language=de", "country=DE", "language=fr", Place.EVERYWHERE);

    @Test
    void the_narrowest_known_place_is_chosen() {
        assertEquals("country=DE,language=de", Place.first(KNOWN, "DE", "de"));
        assertEquals("country=DE", Place.first(KNOWN, "DE", "fr"));
        assertEquals("language=fr", Place.first(KNOWN, "FR", "fr"));
        assertEquals("language=fr", Place.first(KNOWN, "", "fr"));
    }

    @Test
    void where_nothing_is_known_it_is_everywhere() {
        assertEquals(Place.EVERYWHERE, Place.first(KNOWN, "IT", "it"));
        assertEquals(Place.EVERYWHERE, Place.first(KNOWN, "", ""));
    }
}
