package dev.funnel.trainer.train;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.IndexEntry;
import dev.funnel.bundle.SearchTokens;
import dev.funnel.bundle.TableWriter;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.generate.GeneratorFiles;
import dev.funnel.trainer.prepare.PositiveRule;
import dev.funnel.trainer.prepare.Searches;
import dev.funnel.trainer.prepare.UserHistories;
import dev.funnel.trainer.read.TrainingLog;
import dev.funnel.trainer.train.FittedGenerators.Member;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Writes what was trained into a draft, as the files of a bundle. */
record BundleFiles(BundleStore.Draft draft) {

    static final String ITEMS = "items.safetensors";
    static final String USERS = "users.safetensors";

    void writeTables(TrainingLog log, UserHistories histories) throws IOException {
        TableWriter items = new TableWriter(draft.file(ITEMS), log.items().ids());
        log.items().writeTo(items);
        DerivedColumns.addTo(items, log.items(), log.interactions());
        items.write();
        TableWriter users = new TableWriter(draft.file(USERS), log.users().ids());
        log.users().writeTo(users);
        Searches searches =
                Searches.of(log.interactions().searches(), log.users().size());
        if (searches.any() && !log.users().columns().containsKey(SearchTokens.COLUMN)) {
            users.categoryList(SearchTokens.COLUMN, searches.all());
        }
        users.histories(histories.offsets(), histories.all()).write();
    }

    /** Writes the generators' files; the indexes of those that have vectors, by name. */
    Map<String, IndexEntry> writeGenerators(FittedGenerators fitted, StoredIndexes indexes, Progress progress)
            throws IOException, BundleRefusedException {
        Map<String, IndexEntry> written = new HashMap<>();
        int count = fitted.members().size();
        for (int i = 0; i < count; i++) {
            Member one = fitted.members().get(i);
            one.generator().write(new GeneratorFiles(draft, one.name()));
            IndexEntry index = indexes.write(one, progress.part((double) i / count, (i + 1.0) / count));
            if (index != null) {
                written.put(one.name(), index);
            }
        }
        return written;
    }

    /** What the manifest says of a generator. */
    static GeneratorEntry entry(Member one, PositiveRule positives, ListReport report) {
        Map<String, Double> parameters = new HashMap<>(positives.parameters());
        parameters.putAll(one.generator().parameters());
        return new GeneratorEntry(
                        one.name(),
                        one.generator().kind(),
                        GeneratorFiles.tensorsOf(one.name()),
                        one.generator().similarity(),
                        one.generator().dimensions(),
                        one.plan().limit(),
                        report.calibrations().getOrDefault(one.name(), new Calibration(0, 0)),
                        report.recallAtLimit().get(one.name()),
                        parameters)
                .withSeedCalibration(report.seedCalibrations().get(one.name()));
    }
}
