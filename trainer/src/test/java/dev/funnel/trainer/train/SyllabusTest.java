package dev.funnel.trainer.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.read.InteractionLog;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyllabusTest {

    private static final int SIZE = 10_000;
    private static final long SEED = 5;

    private static InteractionLog log(long[] times) {
        return new InteractionLog(
                new int[SIZE], new int[SIZE], times, new byte[SIZE], new float[SIZE], new float[SIZE]);
    }

    private static InteractionLog timed() {
        SplittableRandom random = new SplittableRandom(SEED);
        return log(IntStream.range(0, SIZE)
                .mapToLong(i -> 1_000_000 + random.nextInt(1_000_000))
                .toArray());
    }

    @Test
    void with_times_each_lesson_knows_what_was_before_and_asks_about_what_follows() {
        InteractionLog log = timed();
        Syllabus syllabus = Syllabus.of(log, .1, 4, SEED);
        assertEquals(4, syllabus.lessons().size());
        long end = 0;
        for (Lesson lesson : syllabus.lessons()) {
            assertTrue(Arrays.stream(lesson.known()).allMatch(i -> log.timesMs()[i] < lesson.fromMs()));
            assertTrue(Arrays.stream(lesson.asked()).allMatch(i -> lesson.asksAbout(log.timesMs()[i])));
            assertTrue(end == 0 || lesson.fromMs() == end, "lessons follow each other");
            end = lesson.toMs();
        }
        assertEquals(end, syllabus.holdOut().fromMs());
        assertEquals(
                SIZE, syllabus.holdOut().known().length + syllabus.holdOut().asked().length);
        assertEquals(SIZE / 10, syllabus.holdOut().asked().length, SIZE / 100);
    }

    @Test
    void without_times_the_lesson_and_the_hold_out_are_disjoint_random_parts() {
        Syllabus syllabus = Syllabus.of(log(new long[SIZE]), .1, 4, SEED);
        Lesson lesson = syllabus.first();
        Lesson holdOut = syllabus.holdOut();
        int[] all = IntStream.concat(
                        Arrays.stream(lesson.known()),
                        IntStream.concat(Arrays.stream(lesson.asked()), Arrays.stream(holdOut.asked())))
                .sorted()
                .toArray();
        assertArrayEquals(IntStream.range(0, SIZE).toArray(), all);
        assertEquals(SIZE / 10, holdOut.asked().length, SIZE / 50);
        assertEquals(SIZE * 9 / 10 / 10, lesson.asked().length, SIZE / 50);
        assertEquals(SIZE, holdOut.known().length + holdOut.asked().length);
    }

    @Test
    void times_that_are_all_the_same_are_no_times() {
        long[] same = new long[SIZE];
        Arrays.fill(same, 1_000_000);
        Syllabus syllabus = Syllabus.of(log(same), .1, 4, SEED);
        assertTrue(!syllabus.timed());
        assertEquals(
                SIZE, syllabus.holdOut().known().length + syllabus.holdOut().asked().length);
    }

    @Test
    void the_same_seed_gives_the_same_parts() {
        int[] once = Syllabus.of(log(new long[SIZE]), .1, 4, SEED).holdOut().asked();
        int[] again = Syllabus.of(log(new long[SIZE]), .1, 4, SEED).holdOut().asked();
        int[] other =
                Syllabus.of(log(new long[SIZE]), .1, 4, SEED + 1).holdOut().asked();
        assertArrayEquals(once, again);
        assertTrue(!Arrays.equals(once, other));
    }
}
