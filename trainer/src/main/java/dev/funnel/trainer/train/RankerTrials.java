package dev.funnel.trainer.train;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.UserTable;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.rank.RankerSettings;
import dev.funnel.trainer.rank.TrainedRanker;
import dev.funnel.trainer.read.TrainingLog;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Objects;

/** Several rankers taught with the same lessons and measured on the same hold-out; nothing is published. */
public final class RankerTrials implements AutoCloseable {
    private static final String NAME = "trials";

    private final Prepared prepared;
    private final BundleStore.Draft draft;
    private final Arena arena = Arena.ofShared();
    private final Tables tables;
    private final RankerLessons lessons;
    private final FittedGenerators served;

    /**
     * What one ranker came to.
     *
     * @param report how good it is on held-out pages
     * @param pages what it said of them
     */
    public record Trial(RankerReport report, HeldOutPages pages) {}

    /**
     * Splits the log and fits generators.
     *
     * @param log with impressions
     * @param scratch folder for tables, which are gone when this is closed
     */
    public RankerTrials(TrainingLog log, TrainingSettings settings, Path scratch, Progress progress)
            throws IOException, BundleRefusedException {
        this.prepared = Prepared.of(log, settings);
        this.draft = new BundleStore(scratch, NAME).draft();
        new BundleFiles(draft).writeTables(log, prepared.histories());
        ItemTable items = ItemTable.load(TensorFile.open(draft.file(BundleFiles.ITEMS), arena));
        UserTable users = UserTable.load(TensorFile.open(draft.file(BundleFiles.USERS), arena), items.size());
        this.tables = new Tables(items, users);
        this.lessons = RankerLessons.fit(prepared, tables, progress.part(0, .7));
        this.served = prepared.fit(prepared.syllabus().holdOut().known(), tables, progress.part(.7, 1));
    }

    /** Teaches and measures. */
    public Trial run(RankerSettings settings, Progress progress) {
        return measure(lessons.teach(settings, progress.part(0, .8)), progress.part(.8, 1));
    }

    /** The same with a ranker that does not know at which positions impressions were shown. */
    public Trial runWithoutPositions(RankerSettings settings, Progress progress) {
        return measure(lessons.teachWithoutPositions(settings, progress.part(0, .8)), progress.part(.8, 1));
    }

    private Trial measure(TrainedRanker trained, Progress progress) {
        HeldOutPages pages = Objects.requireNonNull(
                Measurement.pages(trained, served, prepared, tables, progress),
                "the hold-out has no impressions to measure on");
        return new Trial(RankerReport.of(pages), pages);
    }

    @Override
    public void close() throws IOException {
        arena.close();
        draft.close();
    }
}
