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
 */
record RankerLessons(Prepared prepared, Tables tables) {

    TrainedRanker teach(RankerSettings settings, Progress progress) {
        List<Lesson> lessons = prepared.syllabus().lessons();
        List<FittedGenerators> fitted = new ArrayList<>();
        for (int l = 0; l < lessons.size(); l++) {
            fitted.add(prepared.fit(
                    lessons.get(l).known(),
                    tables,
                    progress.part(.3 * l / lessons.size(), .3 * (l + 1) / lessons.size())));
        }
        long[] from = lessons.stream().mapToLong(Lesson::fromMs).toArray();
        RankerTrainingInput input = new RankerTrainingInput(
                tables.items(),
                tables.users(),
                log().select(prepared.syllabus().first().known()),
                examples(),
                histories(),
                new Taught(from, fitted, prepared.available()),
                fitted.getFirst().vectors(prepared.settings().rankerVectors()));
        return RankerTraining.fit(input, settings, progress.part(.3, 1));
    }

    private InteractionLog log() {
        return prepared.deeds().log();
    }

    private Examples examples() {
        ImpressionLog impressions = prepared.impressions();
        Syllabus syllabus = prepared.syllabus();
        if (impressions != null) {
            return new Examples.Impressions(
                    impressions, syllabus.first().fromMs(), syllabus.holdOut().fromMs());
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
