package dev.funnel.trainer.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratorLineTest {

    private static Map<String, Object> als(String key, Object value) {
        Map<String, Object> keys = new HashMap<>(Map.of("name", "als", "kind", "wals"));
        keys.put(key, value);
        return keys;
    }

    private static String refusal(Map<String, Object> keys) {
        return String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> GeneratorKinds.installed().plan(keys))
                .getMessage());
    }

    @Test
    void a_line_names_a_generator_what_fits_it_and_how_many_it_nominates() {
        GeneratorPlan plan = GeneratorKinds.installed().plan(als("limit", 70));
        assertEquals("als", plan.name());
        assertEquals("wals", plan.kind());
        assertEquals(70, plan.limit());
    }

    @Test
    void a_misspelt_key_is_refused_naming_the_nearest() {
        assertEquals(
                "unknown key \"dimension\"; did you mean \"dimensions\"?",
                refusal(als("dimension", 64)).split(" Known")[0]);
    }

    @Test
    void a_misspelt_kind_is_refused_naming_the_nearest() {
        assertEquals(
                "did you mean \"wals\"?",
                refusal(Map.of("name", "als", "kind", "wasl")).split("; ")[1]);
    }

    @Test
    void values_out_of_bounds_are_refused_naming_key_value_and_rule() {
        assertEquals("dimensions is \"0\", must be a whole number, 1 to 1,024", refusal(als("dimensions", 0)));
        assertEquals("dimensions is \"many\", must be a whole number, 1 to 1,024", refusal(als("dimensions", "many")));
        assertEquals("limit is \"10001\", must be a whole number, 1 to 10,000", refusal(als("limit", 10_001L)));
        assertEquals("kind is missing, must be a text", refusal(Map.of("name", "als")));
        assertEquals(
                "half_life is \"14\", must be a time above zero with its unit, e.g. 90s, 6h, 14d",
                refusal(Map.of("name", "popular", "kind", "popular", "half_life", 14)));
    }
}
