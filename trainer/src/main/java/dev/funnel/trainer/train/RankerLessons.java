package dev.funnel.trainer.train;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.rank.Examples;
import dev.funnel.trainer.rank.Histories;
import dev.funnel.trainer.rank.RankerSettings;
import dev.funnel.trainer.rank.RankerTraining;
import dev.funnel.trainer.rank.RankerTrainingInput;
import dev.funnel.trainer.rank.TrainedRanker;
import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.read.InteractionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Teaches the ranker with the syllabus' lessons: an example's features come from generators and histories that know nothing of
 * its outcome.
 *
 * @param fitted by lesson, on what it knows
 */
record RankerLessons(Prepared prepared, Tables tables, List<FittedGenerators> fitted) {

    /** Fits the generators of every lesson. */
    static RankerLessons fit(Prepared prepared, Tables tables, Progress progress) {
        List<Lesson> lessons = prepared.syllabus().lessons();
        List<FittedGenerators> fitted = new ArrayList<>();
        for (int l = 0; l < lessons.size(); l++) {
            fitted.add(prepared.fit(
                    lessons.get(l).known(),
                    tables,
                    progress.part((double) l / lessons.size(), (l + 1.0) / lessons.size())));
        }
        return new RankerLessons(prepared, tables, fitted);
    }

    /** A ranker that has learnt from the lessons' examples. */
    TrainedRanker teach(RankerSettings settings, Progress progress) {
        return teach(settings, examples(), progress);
    }

    /** The same, where nobody knows at which positions impressions were shown. */
    TrainedRanker teachWithoutPositions(RankerSettings settings, Progress progress) {
        Examples examples = switch (examples()) {
            case Examples.Impressions shown ->
                new Examples.Impressions(
                        shown.log().withoutPositions(), shown.liked(), shown.fromMs(), shown.untilMs());
            case Examples.Positives held -> held;
        };
        return teach(settings, examples, progress);
    }

    private TrainedRanker teach(RankerSettings settings, Examples examples, Progress progress) {
        long[] from =
                prepared.syllabus().lessons().stream().mapToLong(Lesson::fromMs).toArray();
        RankerTrainingInput input = new RankerTrainingInput(
                tables.items(),
                tables.users(),
                past(),
                countedMs(from),
                examples,
                histories(),
                new Taught(from, fitted, prepared.available()),
                fitted.getFirst().vectors(prepared.settings().rankerVectors()));
        return RankerTraining.fit(input, settings, progress);
    }

    /** What may be counted: with times everything before the hold-out, of which {@link #countedMs} chooses. */
    private InteractionLog past() {
        Syllabus syllabus = prepared.syllabus();
        return log().select((syllabus.timed() ? syllabus.holdOut() : syllabus.first()).known());
    }

    private long[] countedMs(long[] lessonsFromMs) {
        return prepared.syllabus().timed() ? lessonsFromMs : new long[] {Long.MAX_VALUE};
    }

    private InteractionLog log() {
        return prepared.deeds().log();
    }

    private Examples examples() {
        ImpressionLog impressions = prepared.impressions();
        Syllabus syllabus = prepared.syllabus();
        if (impressions != null) {
            return new Examples.Impressions(
                    impressions,
                    prepared.liked(),
                    syllabus.first().fromMs(),
                    syllabus.holdOut().fromMs());
        }
        boolean[] positive = prepared.deeds().positive();
        return new Examples.Positives(log().select(Arrays.stream(syllabus.asked())
                .filter(place -> positive[place])
                .toArray()));
    }

    private Histories histories() {
        return prepared.historiesFor(prepared.syllabus().first());
    }
}
