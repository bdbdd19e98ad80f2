package dev.funnel.trainer.prepare;

import static dev.funnel.trainer.read.InteractionKinds.CLICK;
import static dev.funnel.trainer.read.InteractionKinds.DISLIKE;
import static dev.funnel.trainer.read.InteractionKinds.IMPRESSION;
import static dev.funnel.trainer.read.InteractionKinds.LIKE;
import static dev.funnel.trainer.read.InteractionKinds.PURCHASE;
import static dev.funnel.trainer.read.InteractionKinds.WATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PositiveRuleTest {

    private static final PositiveRule RULE = new PositiveRule(10, .5f, .001f);

    @Test
    void a_watch_is_positive_if_it_was_long_or_long_for_its_item_or_of_unknown_length() {
        assertTrue(RULE.positive(WATCH, 10, 3_600));
        assertTrue(RULE.positive(WATCH, 6, 12));
        assertTrue(RULE.positive(WATCH, Float.NaN, 3_600));
        assertFalse(RULE.positive(WATCH, 9, 3_600));
        assertFalse(RULE.positive(WATCH, 9, Float.NaN));
    }

    @Test
    void clicks_likes_and_purchases_speak_for_an_item_and_dislikes_and_impressions_do_not() {
        for (byte kind : new byte[] {CLICK, LIKE, PURCHASE}) {
            assertEquals(2, RULE.strength(kind, 2, Float.NaN, 100));
        }
        for (byte kind : new byte[] {DISLIKE, IMPRESSION}) {
            assertEquals(0, RULE.strength(kind, 2, Float.NaN, 100));
            assertFalse(RULE.positive(kind, Float.NaN, 100));
        }
    }

    @Test
    void what_was_left_at_once_counts_next_to_nothing() {
        assertEquals(.003f, RULE.strength(WATCH, 3, 2, 100));
    }

    @Test
    void a_share_above_one_is_refused_naming_it() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new PositiveRule(10, 1.5f, .001f));
        assertEquals("least share is 1.5, must be 0 to 1", refused.getMessage());
    }
}
