package dev.funnel.trainer.train;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.IndexEntry;
import dev.funnel.bundle.ItemShards;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.PopularSlates;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.UserTable;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.bait.ClickBaitSettings;
import dev.funnel.trainer.bait.ClickBaitTraining;
import dev.funnel.trainer.bait.TrainedClickBait;
import dev.funnel.trainer.generate.EarlierBundle;
import dev.funnel.trainer.rank.RankerSettings;
import dev.funnel.trainer.rank.TrainedRanker;
import dev.funnel.trainer.read.InteractionLog;
import dev.funnel.trainer.read.LogReader;
import dev.funnel.trainer.read.ReadSettings;
import dev.funnel.trainer.read.TrainingInput;
import dev.funnel.trainer.read.TrainingLog;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From a log to a published bundle:
 *
 * <pre>
 * split    by time, or at random                                                          Syllabus
 * teach    generators fitted on each lesson's past; the ranker on what follows            RankerLessons
 * measure  on the hold-out, with generators and a ranker that know nothing of it          ListReport, RankerReport
 * refuse   what is worse than popularity                                                  Gate
 * publish  generators fitted on everything, and the ranker                                BundleFiles
 * </pre>
 *
 * Blocks. Interrupting the thread ends it with a {@link java.util.concurrent.CancellationException}, and nothing is left.
 */
public final class TrainingRun {

    private final TrainingLog log;
    private final TrainingSettings settings;
    private final Prepared prepared;
    private final Progress progress;
    private final Stopwatch stopwatch;
    private final @Nullable Path earlier;

    private TrainingRun(
            TrainingLog log,
            TrainingSettings settings,
            @Nullable Path earlier,
            Progress progress,
            Stopwatch stopwatch) {
        this.log = log;
        this.settings = settings;
        this.prepared = Prepared.of(log, settings);
        this.progress = progress;
        this.stopwatch = stopwatch;
        this.earlier = earlier;
    }

    /**
     * Reads, trains, publishes.
     *
     * @throws dev.funnel.trainer.read.InputRefusedException if a file cannot be trained on
     * @throws WorseThanPopularityException if the model is not worth publishing
     * @throws BundleRefusedException if no service would load what was trained
     */
    public static TrainingResult run(
            TrainingInput input, ReadSettings reading, BundleStore store, TrainingSettings settings, Progress progress)
            throws IOException, WorseThanPopularityException, BundleRefusedException {
        return run(input, reading, store, settings, null, progress);
    }

    /**
     * The same, with the generators that are published starting from the vectors of a bundle trained before. What is measured is fitted
     * from nothing, as the earlier bundle may know what is held out.
     *
     * @param earlier folder of one version of a bundle; null: there is none
     */
    public static TrainingResult run(
            TrainingInput input,
            ReadSettings reading,
            BundleStore store,
            TrainingSettings settings,
            @Nullable Path earlier,
            Progress progress)
            throws IOException, WorseThanPopularityException, BundleRefusedException {
        Stopwatch stopwatch = new Stopwatch();
        TrainingLog log = LogReader.read(input, reading, progress.part(0, .05));
        stopwatch.lap("reading");
        return new TrainingRun(log, settings, earlier, progress.part(.05, 1), stopwatch).run(store);
    }

    /** Trains on a log that was read before, publishes. */
    public static TrainingResult run(TrainingLog log, BundleStore store, TrainingSettings settings, Progress progress)
            throws IOException, WorseThanPopularityException, BundleRefusedException {
        return new TrainingRun(log, settings, null, progress, new Stopwatch()).run(store);
    }

    private TrainingResult run(BundleStore store)
            throws IOException, WorseThanPopularityException, BundleRefusedException {
        try (BundleStore.Draft draft = store.draft();
                Arena arena = Arena.ofShared()) {
            new BundleFiles(draft).writeTables(log, prepared.histories());
            ItemTable items = ItemTable.load(TensorFile.open(draft.file(BundleFiles.ITEMS), arena));
            UserTable users = UserTable.load(TensorFile.open(draft.file(BundleFiles.USERS), arena), items.size());
            Tables tables = new Tables(items, users);
            stopwatch.lap("splitting, and writing tables");
            return train(draft, tables);
        }
    }

    private TrainingResult train(BundleStore.Draft draft, Tables tables)
            throws IOException, WorseThanPopularityException, BundleRefusedException {
        HoldOut holdOut = holdOut(tables, progress.part(0, .14));
        ListReport lists = ListReport.of(holdOut);
        UnseenItems unseen = unseen(holdOut, tables, progress.part(.14, .15));
        stopwatch.lap("fitting and measuring generators");
        Measurement measured = Measurement.of(lists, unseen);
        RankerSettings ranking = settings.ranker();
        TrainedRanker ranker = null;
        if (ranking != null) {
            ranker =
                    RankerLessons.fit(prepared, tables, progress.part(.15, .35)).teach(ranking, progress.part(.35, .8));
            stopwatch.lap("teaching the ranker");
            measured = measured.with(ranker, holdOut, prepared, tables, progress.part(.8, .85));
            stopwatch.lap("measuring the ranker");
        }
        if (!settings.publishWorse()) {
            Gate.check(measured, holdOut.fitted(), settings.popularity(), report(measured, null));
        }
        FittedGenerators fitted = fitOnEverything(tables, progress.part(.85, .92));
        stopwatch.lap("fitting generators on everything");
        BundleFiles files = new BundleFiles(draft);
        ItemShards shards = ItemShards.of(tables.items(), log.items().shards());
        Map<String, IndexEntry> indexes = files.writeGenerators(
                fitted, new StoredIndexes(draft, shards, settings.seed(), settings.threads()), progress.part(.92, .94));
        prepared.popularSlates(tables).write(draft.file(PopularSlates.FILE));
        stopwatch.lap("building indexes, and writing generators");
        RankerEntry entry =
                ranker == null ? null : prepared.fullyCounted(ranker).writeTo(draft, measured.reliability(ranker));
        TrainedClickBait bait = ClickBaitTraining.fit(
                tables.items(),
                log.interactions(),
                ClickBaitSettings.defaults(settings.seed()),
                progress.part(.94, .95));
        stopwatch.lap("learning click-bait");
        progress.advance("publishing", .95);
        Manifest.Draft contents = new Manifest.Draft(
                        trainedUntil(),
                        log.itemLogPosition(),
                        entries(fitted, lists, indexes),
                        entry,
                        new GoldenQuestions(fitted, tables).queries(),
                        report(measured, null).metrics())
                .withShards(log.items().shards());
        BundleVersion version = draft.publish(bait == null ? contents : withClickBait(contents, bait, draft));
        stopwatch.lap("publishing");
        progress.report("publishing", 1);
        return new TrainingResult(report(measured, version), measured.pages());
    }

    private static Manifest.Draft withClickBait(Manifest.Draft contents, TrainedClickBait bait, BundleStore.Draft draft)
            throws IOException {
        Map<String, Double> metrics = new HashMap<>(contents.metrics());
        metrics.putAll(bait.metrics());
        return contents.withMetrics(metrics).withClickBait(bait.writeTo(draft));
    }

    private FittedGenerators fitOnEverything(Tables tables, Progress part) throws BundleRefusedException {
        if (earlier == null) {
            return prepared.fitOnEverything(tables, null, part);
        }
        try (Bundle bundle = Bundle.open(earlier)) {
            return prepared.fitOnEverything(tables, EarlierBundle.of(bundle), part);
        }
    }

    private HoldOut holdOut(Tables tables, Progress part) {
        Lesson lesson = prepared.syllabus().holdOut();
        FittedGenerators fitted = prepared.fit(lesson.known(), tables, part.part(0, .7));
        return HoldOut.of(prepared, fitted, tables.profiles(), prepared.knownTo(lesson), part.part(.7, 1));
    }

    private UnseenItems unseen(HoldOut holdOut, Tables tables, Progress part) {
        Lesson lesson = prepared.syllabus().holdOut();
        return UnseenItems.measure(prepared, holdOut, tables.profiles(), prepared.knownTo(lesson), part);
    }

    private @Nullable Instant trainedUntil() {
        InteractionLog interactions = log.interactions();
        return interactions.timed() ? Instant.ofEpochMilli(interactions.lastMs()) : null;
    }

    private List<GeneratorEntry> entries(FittedGenerators fitted, ListReport lists, Map<String, IndexEntry> indexes) {
        return fitted.members().stream()
                .map(one -> BundleFiles.entry(one, settings.positives(), lists).withIndex(indexes.get(one.name())))
                .toList();
    }

    private TrainingReport report(Measurement measured, @Nullable BundleVersion version) {
        int positives = 0;
        for (boolean positive : prepared.deeds().positive()) {
            positives += positive ? 1 : 0;
        }
        return new TrainingReport(
                version,
                log.items().size(),
                log.users().size(),
                log.interactions().size(),
                positives,
                log.impressions() == null ? 0 : log.impressions().size(),
                log.report(),
                measured.lists(),
                measured.reliability(),
                measured.unseen(),
                measured.ranker(),
                stopwatch.seconds());
    }
}
