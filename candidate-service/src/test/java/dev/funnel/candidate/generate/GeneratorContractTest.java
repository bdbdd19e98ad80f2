package dev.funnel.candidate.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every generator promises, whatever it searches in. */
abstract class GeneratorContractTest {
    private static final long SEED = 20260131;

    @TempDir
    private Path root;

    private Bundle bundle;
    private Generator generator;

    /** Name of the generator in the manifest. */
    abstract String name();

    abstract GeneratorKind kind();

    /** A question it can answer. */
    abstract Question question(Bundle bundle);

    /** Whether it answers a question about nobody and nothing. */
    boolean answersAnybody() {
        return false;
    }

    GeneratorSettings.IndexSetting index() {
        return GeneratorSettings.IndexSetting.EXACT;
    }

    @BeforeEach
    void load() throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, publish(root)));
        generator = load(bundle);
    }

    private Generator load(Bundle from) throws BundleRefusedException {
        GeneratorEntry entry = Objects.requireNonNull(from.manifest().generator(name()));
        return kind().load(
                        from,
                        entry,
                        new GeneratorSettings(name(), entry.kind(), index(), null, 0, null),
                        Serving.of(ServedShards.all(from.shards())));
    }

    @AfterEach
    void close() {
        generator.close();
        bundle.close();
    }

    /** Publishes the bundle that holds it. */
    BundleVersion publish(Path root) throws Exception {
        return SmallBundle.publish(root);
    }

    final Generator generator() {
        return generator;
    }

    final Bundle bundle() {
        return bundle;
    }

    final Search search() {
        return search(question(bundle));
    }

    final Search search(Question question) {
        return generator.search(question).orElseThrow();
    }

    private Hits best(int limit, ItemTest filter) {
        return search().best(limit, filter, SearchLimit.none());
    }

    private IntStream allItems() {
        return IntStream.range(0, bundle.items().size());
    }

    @Test
    void its_kind_is_installed_by_its_name() {
        assertEquals(
                kind().getClass(),
                GeneratorKinds.installed().get(generator.entry().kind()).getClass());
    }

    @Test
    void nominations_are_within_the_limit_each_once_and_best_first() {
        for (int limit : new int[] {1, 3, 10, 10_000}) {
            Hits hits = best(limit, ItemTest.ALL);
            assertTrue(hits.size() > 0 && hits.size() <= limit);
            assertEquals(hits.size(), Arrays.stream(hits.items()).distinct().count());
            for (int i = 1; i < hits.size(); i++) {
                assertTrue(hits.scores()[i] <= hits.scores()[i - 1], "limit " + limit + ", place " + i);
            }
        }
    }

    @Test
    void fewer_are_the_beginning_of_more() {
        Hits more = best(10, ItemTest.ALL);
        assertArrayEquals(Arrays.copyOf(more.items(), 4), best(4, ItemTest.ALL).items());
    }

    @Test
    void what_the_filter_rejects_is_never_nominated_and_does_not_cost_quota() {
        Random random = new Random(SEED);
        boolean[] accepted = new boolean[bundle.items().size()];
        allItems().forEach(item -> accepted[item] = random.nextBoolean());
        int possible = (int) Arrays.stream(best(10_000, ItemTest.ALL).items())
                .filter(item -> accepted[item])
                .count();
        Hits hits = best(Math.max(1, possible), item -> accepted[item]);
        assertEquals(possible, hits.size(), "seed " + SEED);
        assertTrue(Arrays.stream(hits.items()).allMatch(item -> accepted[item]), "seed " + SEED);
    }

    @Test
    void a_filter_that_rejects_everything_leaves_nothing() {
        Hits hits = best(10, ItemTest.NONE);
        assertEquals(0, hits.size());
        assertTrue(hits.filtered() > 0);
    }

    @Test
    void a_nomination_has_the_score_the_item_has_alone_and_all_scores_are_finite() {
        Search search = search();
        Hits hits = search.best(10, ItemTest.ALL, SearchLimit.none());
        for (int i = 0; i < hits.size(); i++) {
            assertEquals(Float.floatToIntBits(hits.scores()[i]), Float.floatToIntBits(search.score(hits.items()[i])));
        }
        assertTrue(allItems().allMatch(item -> Float.isFinite(search.score(item))));
        int[] all = allItems().toArray();
        float[] scores = new float[all.length];
        search.scores(all, all.length, scores);
        for (int i = 0; i < all.length; i++) {
            assertEquals(Float.floatToIntBits(search.score(all[i])), Float.floatToIntBits(scores[i]), "item " + all[i]);
        }
    }

    @Test
    void an_exact_generator_leaves_nothing_better_behind() {
        Search search = search();
        Hits hits = search.best(5, ItemTest.ALL, SearchLimit.none());
        float worst = hits.scores()[hits.size() - 1];
        boolean better = allItems()
                .filter(item -> Arrays.stream(hits.items()).noneMatch(hit -> hit == item))
                .anyMatch(item -> search.score(item) > worst);
        assertFalse(search.exact() && better && !(search instanceof SplitSearch));
    }

    @Test
    void the_same_question_has_the_same_answer_from_many_threads() throws Exception {
        Hits expected = best(10, ItemTest.ALL);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<Hits> asking = () -> best(10, ItemTest.ALL);
            for (Future<Hits> answer :
                    threads.invokeAll(Stream.generate(() -> asking).limit(32).toList())) {
                assertArrayEquals(expected.items(), answer.get().items());
                assertArrayEquals(expected.scores(), answer.get().scores());
            }
        }
    }

    @Test
    void a_question_about_nobody_and_nothing_is_no_fault() {
        assertEquals(answersAnybody(), generator.search(Question.NOTHING).isPresent());
    }

    @Test
    void it_says_what_serves_it() {
        assertFalse(generator.index().isBlank());
        assertFalse(search().note().isBlank());
        assertTrue(generator.indexRecall() >= 0 && generator.indexRecall() <= 1);
    }
}
