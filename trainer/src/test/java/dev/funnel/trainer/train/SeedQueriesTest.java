package dev.funnel.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.UserTable;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.generate.GeneratorKinds;
import dev.funnel.trainer.generate.GeneratorPlan;
import dev.funnel.trainer.train.FittedGenerators.Member;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training learns and stores of questions about an item. */
final class SeedQueriesTest {
    private static final int LIMIT = 40;

    @TempDir
    Path folder;

    private static TrainingSettings settings() {
        return SmallWorld.settings()
                .withoutRanker()
                .withGenerators(List.of(
                        plan(Map.of("name", "als", "kind", "wals", "limit", LIMIT, "dimensions", 12, "sweeps", 4)),
                        plan(Map.of("name", "covisit", "kind", "covisitation", "limit", 30)),
                        plan(Map.of("name", "content", "kind", "content", "limit", 30)),
                        plan(Map.of("name", "popular", "kind", "popular", "limit", 50))));
    }

    private static GeneratorPlan plan(Map<String, Object> keys) {
        return GeneratorKinds.installed().plan(keys);
    }

    @Test
    void a_bundle_says_what_scores_of_seeds_stand_for_and_holds_twice_what_is_usually_asked_for() throws Exception {
        BundleStore store = new BundleStore(folder.resolve("bundles"), "small");
        SmallWorld world = SmallWorld.generate(folder);
        TrainingResult result = TrainingRun.run(world.log(), store, settings(), Progress.SILENT);
        try (Bundle bundle =
                Bundle.open(store.path(Objects.requireNonNull(result.report().version())))) {
            for (String name : List.of("als", "covisit", "content")) {
                GeneratorEntry entry = Objects.requireNonNull(bundle.manifest().generator(name));
                assertNotNull(entry.seedCalibration(), name);
                assertNotEquals(entry.calibration(), entry.seedCalibration(), name);
            }
            assertNull(Objects.requireNonNull(bundle.manifest().generator("popular"))
                    .seedCalibration());
            TensorFile als = bundle.tensors("generators/als.safetensors");
            assertEquals(
                    2 * LIMIT,
                    als.ints("related_items").size() / als.ints("related_seeds").size());
        }
    }

    /** Of a logistic regression on the score alone, the probabilities add up to what was watched. */
    @Test
    void probabilities_of_seed_scores_add_up_to_what_was_watched_where_those_of_user_scores_do_not() throws Exception {
        SmallWorld world = SmallWorld.generate(folder);
        Prepared prepared = Prepared.of(world.log(), settings());
        BundleStore store = new BundleStore(folder.resolve("bundles"), "small");
        try (BundleStore.Draft draft = store.draft();
                Arena arena = Arena.ofShared()) {
            new BundleFiles(draft).writeTables(world.log(), prepared.histories());
            ItemTable items = ItemTable.load(TensorFile.open(draft.file(BundleFiles.ITEMS), arena));
            UserTable users = UserTable.load(TensorFile.open(draft.file(BundleFiles.USERS), arena), items.size());
            Tables tables = new Tables(items, users);
            Lesson lesson = prepared.syllabus().holdOut();
            FittedGenerators fitted = prepared.fit(lesson.known(), tables, Progress.SILENT);
            HoldOut holdOut =
                    HoldOut.of(prepared, fitted, tables.profiles(), prepared.knownTo(lesson), Progress.SILENT);
            ListReport report = ListReport.of(holdOut);
            Member als = fitted.members().getFirst();
            Observations seen = Observations.ofSeeds(holdOut.users(), als).orElseThrow();
            double own =
                    ratio(seen, Objects.requireNonNull(report.seedCalibrations().get("als")));
            double others =
                    ratio(seen, Objects.requireNonNull(report.calibrations().get("als")));
            System.out.println("expected over watched: " + own + " by the own calibration, " + others + " by users'");
            assertEquals(1, own, .05);
            assertTrue(Math.abs(Math.log(others)) > Math.abs(Math.log(own)), own + ", " + others);
        }
    }

    private static double ratio(Observations seen, Calibration calibration) {
        double expected = 0;
        int watched = 0;
        for (int i = 0; i < seen.scores().length; i++) {
            expected += calibration.probability(seen.scores()[i]);
            watched += seen.watched()[i] ? 1 : 0;
        }
        return expected / watched;
    }
}
