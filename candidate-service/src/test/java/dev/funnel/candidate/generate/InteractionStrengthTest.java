package dev.funnel.candidate.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.History;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.testing.SmallBundle;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractionStrengthTest {
    private static final Map<String, Double> RULE =
            Map.of("least_watch_seconds", 10.0, "least_watch_share", 0.5, "left_share", 0.001);

    /** Item 0 of the bundle has no duration. */
    private static final int WITHOUT_DURATION = 0;

    private static final int WITH_DURATION = 1;

    @TempDir
    private Path root;

    private static History watched(int item, long watchedMs) {
        return new History(new int[] {item}, new long[1], new byte[] {1}, new long[] {watchedMs}, new float[] {2});
    }

    private static GeneratorEntry entry(Map<String, Double> parameters) {
        return new GeneratorEntry(
                "als",
                "factorization",
                "generators/als.safetensors",
                "dot",
                8,
                20,
                new Calibration(1, 0),
                null,
                parameters);
    }

    @Test
    void what_was_left_at_once_counts_next_to_nothing_if_the_bundle_does_not_hold_it_yet() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)))) {
            InteractionStrength strength = InteractionStrength.of(entry(RULE), bundle.items());
            assertEquals(0.002f, strength.of(watched(WITHOUT_DURATION, 9_999), 0, true), 1e-9f);
            assertEquals(2, strength.of(watched(WITHOUT_DURATION, 9_999), 0, false));
            assertEquals(2, strength.of(watched(WITHOUT_DURATION, 10_000), 0, true));
            assertEquals(2, strength.of(watched(WITHOUT_DURATION, -1), 0, true));
        }
    }

    @Test
    void a_large_enough_share_of_the_item_is_not_left_at_once() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)))) {
            NumberColumn durations = Objects.requireNonNull(bundle.items().number("duration_seconds"));
            double fiveSeconds = 5 / durations.value(WITH_DURATION);
            Map<String, Double> rule =
                    Map.of("least_watch_seconds", 10.0, "least_watch_share", fiveSeconds, "left_share", 0.001);
            InteractionStrength strength = InteractionStrength.of(entry(rule), bundle.items());
            assertEquals(2, strength.of(watched(WITH_DURATION, 5_100), 0, true));
            assertEquals(0.002f, strength.of(watched(WITH_DURATION, 4_900), 0, true), 1e-9f);
        }
    }

    @Test
    void without_the_rule_weights_count_as_they_are() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)))) {
            InteractionStrength strength = InteractionStrength.of(entry(Map.of()), bundle.items());
            assertEquals(2, strength.of(watched(WITH_DURATION, 0), 0, true));
        }
    }

    @Test
    void impressions_dislikes_searches_and_weightless_interactions_do_not_speak() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)))) {
            InteractionStrength strength = InteractionStrength.of(entry(Map.of()), bundle.items());
            History history = new History(
                    new int[] {1, 2, 3, 4, 5, 6, 7, 8},
                    new long[8],
                    new byte[] {1, 2, 3, 4, 5, 6, 7, 1},
                    new long[] {-1, -1, -1, -1, -1, -1, -1, -1},
                    new float[] {1, 1, 1, 1, 1, 1, 1, 0});
            Question question = new Question(-1, history, 0, -1);
            assertArrayEquals(
                    new int[] {1, 2, 4, 6},
                    SpeakingHistory.of(question, strength, 500).items());
            assertArrayEquals(
                    new int[] {1, 2}, SpeakingHistory.of(question, strength, 2).items());
        }
    }
}
