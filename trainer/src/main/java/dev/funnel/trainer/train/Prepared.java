package dev.funnel.trainer.train;

import dev.funnel.bundle.PopularSlates;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.generate.EarlierBundle;
import dev.funnel.trainer.generate.FittingInput;
import dev.funnel.trainer.generate.PopularSlatesFitting;
import dev.funnel.trainer.prepare.Deeds;
import dev.funnel.trainer.prepare.Likes;
import dev.funnel.trainer.prepare.UserHistories;
import dev.funnel.trainer.rank.Histories;
import dev.funnel.trainer.rank.TrainedRanker;
import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.read.InputColumn;
import dev.funnel.trainer.read.InputTable;
import dev.funnel.trainer.read.TrainingLog;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A log made ready: what interactions mean, how they are split, and what everyone did.
 *
 * @param impressions null if there are none, or if they have no times that could be compared with those of the interactions
 * @param liked of each impression whether it was liked; empty if nobody could tell
 * @param histories of everything
 */
record Prepared(
        TrainingSettings settings,
        Deeds deeds,
        @Nullable ImpressionLog impressions,
        boolean[] liked,
        Syllabus syllabus,
        AvailableItems available,
        UserHistories histories) {

    static Prepared of(TrainingLog log, TrainingSettings settings) {
        Deeds deeds = Deeds.of(
                log.interactions(),
                log.users().size(),
                log.items().size(),
                numbers(log.items(), "duration_seconds"),
                settings.positives());
        ImpressionLog impressions = log.impressions();
        Syllabus syllabus =
                Syllabus.of(log.interactions(), settings.heldOutShare(), settings.lessons(), settings.seed());
        ImpressionLog comparable = impressions != null && impressions.timed() && syllabus.timed() ? impressions : null;
        return new Prepared(
                settings,
                deeds,
                comparable,
                comparable == null ? new boolean[0] : Likes.of(comparable, log.interactions()),
                syllabus,
                new AvailableItems(times(log.items(), "expires_at")),
                UserHistories.of(deeds, all(deeds), settings.historyLength()));
    }

    FittedGenerators fit(int[] places, Tables tables, Progress part) {
        return FittedGenerators.fit(settings.generators(), input(places, tables), part);
    }

    /** @param earlier to start from; it may know what is held out, so only this fit may */
    FittedGenerators fitOnEverything(Tables tables, @Nullable EarlierBundle earlier, Progress part) {
        FittingInput input = input(all(deeds), tables);
        return FittedGenerators.fit(settings.generators(), earlier == null ? input : input.startingFrom(earlier), part);
    }

    /** What most people like, told from everything. */
    PopularSlates popularSlates(Tables tables) {
        return PopularSlatesFitting.fit(input(all(deeds), tables));
    }

    private FittingInput input(int[] places, Tables tables) {
        return new FittingInput(
                deeds,
                places,
                tables.items(),
                tables.users(),
                settings.historyLength(),
                settings.threads(),
                impressions);
    }

    /** Histories of what a lesson knows, and nothing else. */
    UserHistories knownTo(Lesson lesson) {
        return UserHistories.of(deeds, lesson.known(), settings.historyLength());
    }

    /** Histories at the time of what a lesson, or a later one, asks about. */
    Histories historiesFor(Lesson lesson) {
        if (lesson.timed()) {
            return histories::before;
        }
        UserHistories known = knownTo(lesson);
        return (user, timeMs, most) -> known.newest(user, most);
    }

    /** A ranker whose statistics of items are counted from all that a lesson knows. */
    TrainedRanker counted(TrainedRanker ranker, Lesson lesson) {
        return ranker.recounted(
                deeds.log().select(lesson.known()), impressions, lesson.timed() ? lesson.fromMs() : Long.MAX_VALUE);
    }

    /** A ranker whose statistics of items are counted from everything. */
    TrainedRanker fullyCounted(TrainedRanker ranker) {
        return ranker.recounted(deeds.log(), impressions, Long.MAX_VALUE);
    }

    private static int[] all(Deeds deeds) {
        return IntStream.range(0, deeds.size()).toArray();
    }

    private static float[] numbers(InputTable table, String column) {
        if (table.columns().get(column) instanceof InputColumn.Numbers numbers) {
            return numbers.values();
        }
        float[] unknown = new float[table.size()];
        Arrays.fill(unknown, Float.NaN);
        return unknown;
    }

    private static long[] times(InputTable table, String column) {
        if (table.columns().get(column) instanceof InputColumn.Times times) {
            return times.values();
        }
        long[] unknown = new long[table.size()];
        Arrays.fill(unknown, TimeColumn.MISSING);
        return unknown;
    }
}
