package dev.funnel.inference.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectiveTest {
    private static final List<String> HEADS = List.of("click", "watch_time", "like", "share-rate");

    /** One candidate: click 0.25, watch_time 16, like 0.5, share-rate 3. */
    private static final float[][] ONE = {{0.25f}, {16}, {0.5f}, {3}};

    private static float score(String formula) {
        float[] score = new float[1];
        Objective.parse(formula, HEADS).score(ONE, score);
        return score[0];
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "click; 0.25",
                "2.5e1; 25",
                ".5; 0.5",
                "1 + 2 * 3; 7",
                "(1 + 2) * 3; 9",
                "10 - 4 - 3; 3",
                "24 / 4 / 3; 2",
                "2 ^ 3 ^ 2; 512",
                "-2 ^ 2; -4",
                "(-2) ^ 2; 4",
                "2 ^ -2; 0.25",
                "--3; 3",
                "2 * -click; -0.5",
                "click*watch_time^0.5+0.1*like; 1.05",
                "`share-rate` - like; 2.5",
                "log(exp(2)); 2",
                "sqrt(watch_time); 4",
                "pow(like, 2); 0.25",
                "min(click, like, 0.1, 7); 0.1",
                "max(click, like); 0.5",
                "1 - min(1, watch_time / (2 * watch_time)); 0.5",
            })
    void a_formula_means_what_it_means_on_paper(String formula, float expected) {
        assertEquals(expected, score(formula), 1e-7);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @CsvSource(
            delimiter = ';',
            value = {
                "''; 1; the end; a number, a head",
                "click *; 8; the end; a function [log",
                "click * * 2; 9; \"*\"; a number, a head",
                "2 click; 3; \"click\"; an operator",
                "dwell + 1; 1; \"dwell\"; [click, watch_time, like, share-rate]",
                "click + cos(1); 9; \"cos\"; [log, exp, sqrt, min, max, pow]",
                "log(1, 2); 1; log of 2 values; log of 1",
                "1 + max(click); 5; max of 1 values; max of 2 or more",
                "(click + 1; 11; the end; an operator (+ - * / ^) or \")\"",
                "click); 6; \")\"; the end",
                "pow(click 2); 11; \"2\"; a comma",
                "click % 2; 7; \"%\"; one of + - * / ^",
                "1e999; 1; \"1e999\"; a finite number",
                "`share-rate; 1; \"`\"; a name in `backquotes`",
                "+ click; 1; \"+\"; a number",
            })
    void a_formula_that_is_none_is_refused_naming_place_finding_and_what_is_allowed(
            String formula, int position, String found, String allowed) {
        InvalidObjectiveException refused =
                assertThrows(InvalidObjectiveException.class, () -> Objective.parse(formula, HEADS));
        String message = String.valueOf(refused.getMessage());
        assertEquals(position, refused.position(), message);
        assertTrue(message.contains("found " + found), message);
        assertTrue(message.substring(message.indexOf("allowed is")).contains(allowed), message);
    }

    @Test
    void length_and_depth_are_bounded() {
        String nested = "(".repeat(FormulaParser.MOST_NESTED - 1) + "1" + ")".repeat(FormulaParser.MOST_NESTED - 1);
        assertEquals(1, score(nested));
        refused("(" + nested + ")", "nesting of at most");
        refused("-".repeat(100) + "1", "nesting of at most");
        String longest = "1" + "+1".repeat(Objective.MOST_CHARACTERS / 2 - 1);
        assertEquals(Objective.MOST_CHARACTERS / 2, score(longest));
        refused(longest + "+1", "a formula of at most " + Objective.MOST_CHARACTERS);
    }

    private static void refused(String formula, String reason) {
        InvalidObjectiveException refused =
                assertThrows(InvalidObjectiveException.class, () -> Objective.parse(formula, HEADS));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"log(click)", "1 / click", "0 / click", "(-1) ^ (click + 0.5)", "exp(90 - 100 * click)"})
    void a_score_that_is_not_finite_is_refused_naming_the_first_such_candidate(String formula) {
        float[][] heads = new float[HEADS.size()][1_000];
        Arrays.fill(heads[0], 0, 700, 0.5f);
        NonFiniteObjectiveException refused = assertThrows(
                NonFiniteObjectiveException.class,
                () -> Objective.parse(formula, HEADS).score(heads, new float[1_000]));
        assertTrue(String.valueOf(refused.getMessage()).contains("candidate 700"), refused::getMessage);
        assertTrue(String.valueOf(refused.getMessage()).contains("click = 0.0"), refused::getMessage);
    }

    @Test
    void every_candidate_of_a_pool_of_any_size_has_the_score_it_has_alone() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int candidates : new int[] {0, 1, 255, 256, 257, 1_000}) {
            float[][] heads = new float[HEADS.size()][candidates];
            for (float[] head : heads) {
                for (int i = 0; i < candidates; i++) {
                    head[i] = random.nextFloat() + 0.01f;
                }
            }
            float[] scores = new float[candidates];
            Objective.parse("click * watch_time ^ 0.5 + max(like, 2 - (click - `share-rate`))", HEADS)
                    .score(heads, scores);
            float[] expected = new float[candidates];
            for (int i = 0; i < candidates; i++) {
                double rest = Math.max(heads[2][i], 2 - ((double) heads[0][i] - heads[3][i]));
                expected[i] = (float) (heads[0][i] * Math.pow(heads[1][i], 0.5) + rest);
            }
            assertArrayEquals(expected, scores, "seed " + seed + ", " + candidates + " candidates");
        }
    }

    @Test
    void a_formula_written_and_read_again_is_the_same() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Term term = RandomTerms.term(random, HEADS, 4);
            Term again = new FormulaParser(term.text(), HEADS).parse();
            assertEquals(term, again, "seed " + seed + ": " + term.text());
        }
    }

    @Test
    void nonsense_is_refused_at_a_character_of_it_and_never_fails_otherwise() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String letters = "click like log(max,)+-*/^ .0123456789e`_%é\uD83D\n";
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder formula =
                    new StringBuilder(RandomTerms.term(random, HEADS, 3).text());
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                int at = random.nextInt(formula.length());
                formula.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
            }
            try {
                Objective read = Objective.parse(formula.toString(), HEADS);
                assertEquals(read, Objective.parse(read.formula(), HEADS), "seed " + seed + ": " + formula);
            } catch (InvalidObjectiveException e) {
                refused++;
                assertTrue(e.position() >= 1 && e.position() <= formula.length() + 1, "seed " + seed + ": " + formula);
            }
        }
        assertTrue(refused > 1_000, refused + " refused");
    }
}
