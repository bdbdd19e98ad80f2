package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchTokensTest {
    @Test
    void a_search_is_its_words_in_lower_case_and_its_pairs_of_neighbours() {
        assertEquals(List.of("the", "late", "show", "the late", "late show"), SearchTokens.of("The  LATE-show!"));
        assertEquals(List.of(), SearchTokens.of(" ?! "));
    }

    @Test
    void a_bag_begins_with_the_latest_search_and_has_a_bound() {
        assertEquals(List.of("b", "c", "b c", "a"), SearchTokens.bag(List.of("b c", "a")));
        List<String> bag = SearchTokens.bag(Collections.nCopies(40, "x y"));
        assertEquals(SearchTokens.MOST, bag.size());
    }

    @Test
    void no_token_is_longer_than_a_text_on_the_wire_may_be() {
        String long64 = "\u8a9e".repeat(60);
        SearchTokens.of(long64 + " " + "\u8a9e".repeat(20) + " " + "\u8a9e".repeat(30))
                .forEach(token -> assertTrue(token.getBytes(StandardCharsets.UTF_8).length <= 128, token));
        assertEquals(1, SearchTokens.of("\u8a9e".repeat(42)).size());
    }
}
