package dev.funnel.candidate.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.History;
import dev.funnel.inference.feature.FeatureValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuestionTest {
    private static final Person PERSON = new Person(Map.of("age", new FeatureValue.Number(30)), Map.of(), 7);

    @Test
    void without_the_items_that_the_bundle_does_not_hold_it_is_still_of_the_same_person() {
        History history =
                new History(new int[] {12, 2, 9}, new long[3], new byte[] {1, 1, 1}, new long[3], new float[3]);
        Question stored = new Question(-1, history, 2, 11, Circumstances.UNKNOWN, PERSON).stored(10);
        assertEquals(new Question(-1, stored.history(), 1, -1, Circumstances.UNKNOWN, PERSON), stored);
        assertEquals(2, stored.history().size());
        assertEquals(9, stored.history().items()[1]);
    }
}
