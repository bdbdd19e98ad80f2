package dev.funnel.trainer.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.PopularSlates;
import dev.funnel.bundle.TensorFile;
import dev.funnel.retrieval.Gramian;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.generate.GeneratorFiles;
import dev.funnel.trainer.generate.GeneratorPlan;
import dev.funnel.trainer.read.InteractionLog;
import dev.funnel.trainer.read.ReadSettings;
import dev.funnel.trainer.read.TrainingInput;
import dev.funnel.trainer.read.TrainingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flow over a small demo world, generators only. */
class TrainingRunTest {

    @TempDir
    static Path files;

    @TempDir
    Path bundles;

    private static TrainingInput input;
    private static TrainingLog log;

    @BeforeAll
    static void generate() throws IOException {
        SmallWorld world = SmallWorld.generate(files);
        input = world.input();
        log = world.log();
    }

    private static TrainingSettings settings() {
        return SmallWorld.settings().withoutRanker();
    }

    private BundleStore store() {
        return new BundleStore(bundles, "small");
    }

    @Test
    void a_catalogue_in_shards_is_published_as_one() throws Exception {
        ReadSettings sharded = ReadSettings.DEFAULT.withShards(4);
        TrainingReport report = TrainingRun.run(input, sharded, store(), settings(), Progress.SILENT)
                .report();
        try (Bundle bundle = Bundle.open(store().path(Objects.requireNonNull(report.version())))) {
            assertEquals(4, bundle.shards().count());
            assertEquals(SmallWorld.SIZE.items(), bundle.items().size());
        }
    }

    @Test
    void a_bundle_is_published_that_holds_what_was_trained() throws Exception {
        TrainingReport report = TrainingRun.run(input, ReadSettings.DEFAULT, store(), settings(), Progress.SILENT)
                .report();
        BundleVersion version = Objects.requireNonNull(report.version());
        try (Bundle bundle = Bundle.open(store().path(version))) {
            assertEquals(SmallWorld.SIZE.items(), bundle.items().size());
            assertEquals(SmallWorld.SIZE.users(), bundle.users().size());
            assertEquals(
                    List.of("als", "covisit", "popular", "newest"),
                    bundle.manifest().generators().stream().map(g -> g.name()).toList());
            assertEquals(
                    log.interactions().lastMs(),
                    Objects.requireNonNull(bundle.manifest().trainedUntil()).toEpochMilli());
            assertNotNull(bundle.items().categoryList("tags"));
            assertTrue(bundle.manifest().metrics().containsKey("pooled.recall@50"));
            assertEquals(8, bundle.manifest().goldenQueries().size());
            assertPopularSlates(bundle);
            TensorFile factors = bundle.tensors("generators/als.safetensors");
            assertArrayEquals(
                    Gramian.of(factors.floats("user_factors")),
                    factors.floats("user_gramian").toArray(),
                    "what items are folded in with");
            assertEquals(log.interactions().size(), bundle.users().interactions(), "every interaction is in a history");
        }
    }

    /** One for everybody and some that differ by country, language and category, each longer than a usual page. */
    private static void assertPopularSlates(Bundle bundle) throws BundleRefusedException {
        Map<String, PopularSlates.Slate> slates = PopularSlates.of(bundle).byKey();
        assertTrue(
                slates.containsKey(PopularSlates.OVERALL), () -> slates.keySet().toString());
        for (String kind : List.of("country=", "language=", "category=")) {
            assertTrue(slates.keySet().stream().anyMatch(key -> key.startsWith(kind)), () -> kind + slates.keySet());
        }
        slates.forEach((key, slate) -> assertTrue(slate.items().length >= 20, key));
    }

    @Test
    void als_beats_popularity_on_the_hold_out() throws Exception {
        TrainingReport report =
                TrainingRun.run(log, store(), settings(), Progress.SILENT).report();
        ListMetrics als = Objects.requireNonNull(report.lists().get("als"));
        ListMetrics popular = Objects.requireNonNull(report.lists().get("popular"));
        assertTrue(als.recallAt50() > 1.1 * popular.recallAt50(), report.text());
    }

    @Test
    void items_that_nobody_had_touched_are_found_by_what_is_known_of_them_and_not_by_counts() throws Exception {
        TrainingReport report =
                TrainingRun.run(log, store(), settings(), Progress.SILENT).report();
        UnseenItems unseen = report.unseen();
        assertTrue(unseen.users() > 10 && unseen.items() < ListTally.RECALL_AT, report.text());
        assertEquals(
                List.of("als", "covisit", "popular", "newest"),
                List.copyOf(unseen.recall().keySet()));
        assertEquals(1, unseen.recall().get("als"), "so few that a generator that places them lists them all");
        assertEquals(0, unseen.recall().get("covisit"));
        assertEquals(0, report.metrics().get("popular.unseen_items.recall@50"));
        assertTrue(report.text().contains("nobody had touched before"), report.text());
    }

    @Test
    void factors_that_regularisation_leaves_next_to_nothing_of_do_not_end_the_training() throws Exception {
        TrainingSettings crushing = SmallWorld.settings(100).withoutRanker();
        TrainingReport report =
                TrainingRun.run(log, store(), crushing, Progress.SILENT).report();
        try (Bundle bundle = Bundle.open(store().path(Objects.requireNonNull(report.version())))) {
            assertEquals(4, bundle.manifest().generators().size());
        }
    }

    @Test
    void training_again_gives_the_same_tensors() throws Exception {
        for (int i = 0; i < 2; i++) {
            TrainingRun.run(log, store(), settings(), Progress.SILENT);
        }
        List<BundleVersion> versions = store().versions();
        for (GeneratorPlan plan : settings().generators()) {
            String file = GeneratorFiles.tensorsOf(plan.name());
            assertEquals(
                    -1,
                    Files.mismatch(
                            store().path(versions.get(0)).resolve(file),
                            store().path(versions.get(1)).resolve(file)),
                    file);
        }
    }

    @Test
    void a_trained_users_vector_is_what_folding_in_the_history_gives() throws Exception {
        Prepared prepared = Prepared.of(log, settings());
        BundleVersion version = Objects.requireNonNull(TrainingRun.run(log, store(), settings(), Progress.SILENT)
                .report()
                .version());
        try (Bundle bundle = Bundle.open(store().path(version))) {
            Tables tables = new Tables(bundle.items(), bundle.users());
            FittedGenerators fitted = prepared.fitOnEverything(tables, null, Progress.SILENT);
            for (int user = 0; user < 20; user++) {
                Asker asker = new Asker(-1, prepared.histories().of(user), Map.of(), Map.of(), 0);
                assertArrayEquals(als(fitted, asker.trained(user)), als(fitted, asker), 1e-4f);
            }
        }
    }

    private static float[] als(FittedGenerators fitted, Asker asker) {
        return Objects.requireNonNull(fitted.ask(asker).get("als")).scores(new int[] {1, 50, 100, 599});
    }

    @Test
    void a_model_worse_than_popularity_is_refused_with_both_figures_and_nothing_is_published() throws IOException {
        TrainingLog shuffled = withShuffledUsers(3);
        var refused = assertThrows(
                WorseThanPopularityException.class,
                () -> TrainingRun.run(shuffled, store(), settings(), Progress.SILENT));
        assertTrue(
                refused.toString().matches(".*on the hold-out the model's recall@50 is 0.\\d{4}, .*alone 0.\\d{4}"),
                refused.toString());
        assertEquals(List.of(), entries(store().directory()));
    }

    /** Who did what is dealt anew: items stay as popular as they were, and tastes are gone. */
    private static TrainingLog withShuffledUsers(long seed) {
        InteractionLog all = log.interactions();
        int[] users = all.users().clone();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = users.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int user = users[i];
            users[i] = users[other];
            users[other] = user;
        }
        return new TrainingLog(
                log.items(),
                log.users(),
                new InteractionLog(users, all.items(), all.timesMs(), all.kinds(), all.watchSeconds(), all.weights()),
                null,
                log.report());
    }

    @Test
    void an_interrupted_training_leaves_nothing() throws IOException {
        for (String during : List.of("factorising", "counting co-visits", "asking generators about the hold-out")) {
            Progress interrupting = (what, done) -> {
                if (what.equals(during)) {
                    Thread.currentThread().interrupt();
                }
            };
            assertThrows(CancellationException.class, () -> TrainingRun.run(log, store(), settings(), interrupting));
            assertTrue(Thread.interrupted(), "the thread stays interrupted");
            assertEquals(List.of(), entries(store().directory()), during);
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.isDirectory(entry)).toList();
        }
    }

    @Test
    void a_bundle_trained_from_the_one_before_starts_from_its_vectors_and_stays_near_them() throws Exception {
        BundleVersion first = published(null);
        BundleVersion second = published(store().path(first));
        try (Bundle before = Bundle.open(store().path(first));
                Bundle after = Bundle.open(store().path(second))) {
            assertEquals(0, parameter(before, "warm_started_items"));
            assertEquals(SmallWorld.SIZE.items(), parameter(after, "warm_started_items"));
            assertTrue(parameter(after, "sweeps") < parameter(before, "sweeps"));
            double own = similarity(before, after, 0);
            double other = similarity(before, after, 1);
            assertTrue(own > .95 && other < own, own + " with itself before, " + other + " with its neighbour");
        }
    }

    private BundleVersion published(@Nullable Path earlier) throws Exception {
        return Objects.requireNonNull(
                TrainingRun.run(input, ReadSettings.DEFAULT, store(), settings(), earlier, Progress.SILENT)
                        .report()
                        .version());
    }

    private static double parameter(Bundle bundle, String name) {
        return bundle.manifest().generators().getFirst().parameters().getOrDefault(name, -1.0);
    }

    /** Mean cosine of each item's vector after and that of the item so many rows on before. */
    private static double similarity(Bundle before, Bundle after, int shift) throws Exception {
        int items = SmallWorld.SIZE.items();
        var old = before.tensors(GeneratorFiles.tensorsOf("als")).floats(GeneratorFiles.ITEM_VECTORS, items, 12);
        var now = after.tensors(GeneratorFiles.tensorsOf("als")).floats(GeneratorFiles.ITEM_VECTORS, items, 12);
        double sum = 0;
        for (int item = 0; item < items; item++) {
            sum += cosine(old.row((item + shift) % items), now.row(item));
        }
        return sum / items;
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double lengths = 0;
        double otherLengths = 0;
        for (int c = 0; c < one.length; c++) {
            product += one[c] * other[c];
            lengths += one[c] * one[c];
            otherLengths += other[c] * other[c];
        }
        return lengths == 0 || otherLengths == 0 ? 1 : product / Math.sqrt(lengths * otherLengths);
    }
}
