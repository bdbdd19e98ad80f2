package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AgeTest {
    @Test
    void spans_are_said_as_people_say_them() {
        assertEquals("40 s", Age.text(40_400));
        assertEquals("1.5 min", Age.text(90_000));
        assertEquals("12 min", Age.text(720_000));
        assertEquals("2.5 h", Age.text(9_000_000));
        assertEquals("47 h", Age.text(47 * 3_600_000L));
        assertEquals("3 days", Age.text(3 * 86_400_000L));
        assertEquals("400 days", Age.text(400 * 86_400_000L));
    }
}
