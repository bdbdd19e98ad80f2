package dev.funnel.trainer.train;

import dev.funnel.trainer.read.InteractionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The log, split: lessons for the ranker to learn from, and a hold-out that all is measured on.
 *
 * <p>With times, the last part of the log is held out. Before it, lessons follow each other: each asks about a stretch of
 * time and knows all that came before it. Without times, or if all are the same, interactions are held out at random, and the one lesson asks about
 * a random part of the others.
 */
record Syllabus(List<Lesson> lessons, Lesson holdOut) {

    /** With times: the first share of the log, which is known to every lesson and asked by none. */
    private static final double NEVER_ASKED = .3;

    /**
     * Without times: the share of what is not held out that the lesson asks about. The less is asked, the more alike are the
     * generators that the ranker learns from and those that it is served with.
     */
    private static final double ASKED = .1;

    private static final byte KNOWN = 0;
    private static final byte LESSON = 1;
    private static final byte HELD_OUT = 2;

    static Syllabus of(InteractionLog log, double heldOutShare, int lessons, long seed) {
        Syllabus byTime = log.timed() ? byTime(log, heldOutShare, lessons) : null;
        return byTime == null ? atRandom(log, heldOutShare, seed) : byTime;
    }

    /** Null if the times do not tell enough of a before and an after, e.g. if all are the same. */
    private static @Nullable Syllabus byTime(InteractionLog log, double heldOutShare, int lessons) {
        long[] sorted = log.timesMs().clone();
        Arrays.sort(sorted);
        double firstCut = NEVER_ASKED;
        double lastCut = 1 - heldOutShare;
        long[] cuts = new long[lessons + 1];
        for (int c = 0; c <= lessons; c++) {
            double share = firstCut + (lastCut - firstCut) * c / lessons;
            cuts[c] = sorted[(int) (share * (sorted.length - 1))];
        }
        List<Lesson> steps = new ArrayList<>();
        for (int c = 0; c < lessons; c++) {
            if (cuts[c] < cuts[c + 1]) {
                steps.add(between(log, cuts[c], cuts[c + 1]));
            }
        }
        Lesson holdOut = between(log, cuts[lessons], sorted[sorted.length - 1] + 1);
        boolean split = !steps.isEmpty() && steps.getFirst().known().length > 0;
        return split ? new Syllabus(List.copyOf(steps), holdOut) : null;
    }

    private static Lesson between(InteractionLog log, long fromMs, long toMs) {
        long[] times = log.timesMs();
        int[] known =
                IntStream.range(0, log.size()).filter(i -> times[i] < fromMs).toArray();
        int[] asked = IntStream.range(0, log.size())
                .filter(i -> times[i] >= fromMs && times[i] < toMs)
                .toArray();
        return new Lesson(known, asked, fromMs, toMs);
    }

    private static Syllabus atRandom(InteractionLog log, double heldOutShare, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] part = new byte[log.size()];
        for (int i = 0; i < part.length; i++) {
            part[i] = random.nextDouble() < heldOutShare ? HELD_OUT : random.nextDouble() < ASKED ? LESSON : KNOWN;
        }
        Lesson lesson = new Lesson(places(part, p -> p == KNOWN), places(part, p -> p == LESSON), 0, 0);
        Lesson holdOut = new Lesson(places(part, p -> p != HELD_OUT), places(part, p -> p == HELD_OUT), 0, 0);
        return new Syllabus(List.of(lesson), holdOut);
    }

    private static int[] places(byte[] part, IntPredicate chosen) {
        return IntStream.range(0, part.length).filter(i -> chosen.test(part[i])).toArray();
    }

    /** Whether it is split by time. */
    boolean timed() {
        return holdOut.timed();
    }

    /** The first lesson, before which nothing is asked about. */
    Lesson first() {
        return lessons.getFirst();
    }

    /** The places that lessons ask about. */
    int[] asked() {
        return lessons.stream()
                .flatMapToInt(lesson -> Arrays.stream(lesson.asked()))
                .toArray();
    }
}
