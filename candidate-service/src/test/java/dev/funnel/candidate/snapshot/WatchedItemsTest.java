package dev.funnel.candidate.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.History;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.generate.ColdBundle;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.generate.Search;
import dev.funnel.candidate.index.ShardSettings;
import dev.funnel.runtime.wire.ItemOrigin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items that are folded in to a factorisation's space from who watched them since the bundle. */
class WatchedItemsTest {
    private static final int TRAINED = 12;
    private static final Map<String, ColumnValue> UPLOADED = Map.of("uploader", new ColumnValue.Text("uploader-4"));

    @TempDir
    private Path root;

    private Served served;

    @BeforeEach
    void open() throws Exception {
        served = served(ColdBundle.publish(root));
    }

    private Served served(BundleVersion version) throws Exception {
        return new Served(SmallBundle.directory(root, version), ShardSettings.WHOLE);
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void who_watched_an_item_says_where_it_lies_as_the_fit_would_have_it() throws Exception {
        int item = served.watched(
                "new", UPLOADED, SmallBundle.user(3), "nobody", SmallBundle.user(8), SmallBundle.user(3));
        assertArrayEquals(scoresOf(exact(3, 8)), scores(item), 1e-5f);
        assertEquals(ItemOrigin.WATCHERS, searchOf(1).itemOrigin(item));
        Question seed = new Question(-1, History.EMPTY, 0, item);
        assertEquals(
                "similar to the seed item, live, placed by watchers",
                served.search("als", seed).orElseThrow().note());
    }

    @Test
    void watchers_given_later_take_the_place_of_those_before_and_columns_given_later_do_not() throws Exception {
        int item = served.watched("new", UPLOADED, SmallBundle.user(3));
        assertArrayEquals(scoresOf(exact(3)), scores(item), 1e-5f);
        served.upsert("new", Map.of("uploader", new ColumnValue.Text("uploader-5")), Map.of());
        assertArrayEquals(scoresOf(exact(3)), scores(item), 1e-5f);
        served.watched("new", Map.of(), SmallBundle.user(4), SmallBundle.user(9));
        assertArrayEquals(scoresOf(exact(4, 9)), scores(item), 1e-5f);
        served.watched("new", Map.of(), "nobody");
        assertEquals(ItemOrigin.UPLOADER_AVERAGE, searchOf(1).itemOrigin(item));
        served.watched("new", Map.of(), SmallBundle.user(3));
        served.remove("new");
        served.upsert("new", UPLOADED, Map.of());
        assertEquals(ItemOrigin.UPLOADER_AVERAGE, searchOf(1).itemOrigin(item), "forgotten when it was removed");
    }

    @Test
    void an_item_of_the_bundle_that_nobody_had_watched_is_folded_in_and_one_that_people_had_is_not() throws Exception {
        float[] trained = scores(TRAINED);
        served.watched(SmallBundle.item(ColdBundle.OF_UPLOADER), Map.of(), SmallBundle.user(3));
        served.watched(SmallBundle.item(TRAINED), Map.of(), SmallBundle.user(3));
        assertArrayEquals(scoresOf(exact(3)), scores(ColdBundle.OF_UPLOADER), 1e-5f);
        assertArrayEquals(trained, scores(TRAINED));
    }

    @Test
    void without_the_gramian_of_users_or_a_watcher_with_a_vector_the_columns_say_where_it_lies() throws Exception {
        int item = served.watched("new", UPLOADED, SmallBundle.user(0)); // who did nothing
        assertEquals(ItemOrigin.UPLOADER_AVERAGE, searchOf(1).itemOrigin(item));
        try (Served without = served(SmallBundle.publish(root))) {
            int other = without.watched("new", UPLOADED, SmallBundle.user(3));
            Search search = without.search("als", questionOf(1)).orElseThrow();
            assertEquals(ItemOrigin.UPLOADER_AVERAGE, search.itemOrigin(other));
        }
    }

    @Test
    void a_given_vector_counts_more_than_watchers_and_generators_without_people_do_not_mind_them() throws Exception {
        int item = served.upsert("new", served.columnsOf(TRAINED), served.vectorOf(TRAINED));
        served.watched("new", Map.of(), SmallBundle.user(3));
        assertArrayEquals(scores(TRAINED), scores(item), 1e-6f);
        Question seed = new Question(-1, History.EMPTY, 0, TRAINED);
        assertEquals(1, served.search("content", seed).orElseThrow().score(item), 1e-5f);
    }

    /** Of one item for each user. */
    private float[] scores(int item) {
        float[] scores = new float[SmallBundle.USERS];
        IntStream.range(1, scores.length)
                .forEach(user -> scores[user] = searchOf(user).score(item));
        return scores;
    }

    private Search searchOf(int user) {
        return served.search("als", questionOf(user)).orElseThrow();
    }

    private Question questionOf(int user) {
        return new Question(user, served.bundle.users().history(user), 0, -1);
    }

    private float[] scoresOf(double[] vector) throws Exception {
        FloatMatrix users = users();
        float[] scores = new float[SmallBundle.USERS];
        for (int user = 1; user < scores.length; user++) {
            for (int d = 0; d < vector.length; d++) {
                scores[user] += (float) (vector[d] * users.get(user, d));
            }
        }
        return scores;
    }

    private FloatMatrix users() throws Exception {
        return served.bundle.tensors("generators/als.safetensors").floats("user_factors");
    }

    /** The half-step over items of Hu, Koren and Volinsky (2008), with the small bundle's settings, in doubles. */
    private double[] exact(Integer... watchers) throws Exception {
        FloatMatrix users = users();
        int n = SmallBundle.DIMENSIONS;
        double[][] system = new double[n][n + 1];
        for (int user = 0; user < SmallBundle.USERS; user++) {
            int watched = List.of(watchers).contains(user) ? 1 : 0;
            for (int r = 0; r < n; r++) {
                for (int c = 0; c < n; c++) {
                    system[r][c] += (SmallBundle.UNOBSERVED_WEIGHT + watched)
                            * users.get(user, r)
                            * (double) users.get(user, c);
                }
                system[r][n] += watched * users.get(user, r);
            }
        }
        double ridge =
                SmallBundle.REGULARIZATION * (watchers.length + SmallBundle.UNOBSERVED_WEIGHT * SmallBundle.USERS);
        for (int r = 0; r < n; r++) {
            system[r][r] += ridge;
        }
        return solved(system);
    }

    /** Gauss-Jordan elimination of a positive definite system whose last column is the right side. */
    private static double[] solved(double[][] system) {
        int n = system.length;
        for (int k = 0; k < n; k++) {
            for (int r = 0; r < n; r++) {
                double factor = r == k ? 0 : system[r][k] / system[k][k];
                for (int c = 0; c <= n; c++) {
                    system[r][c] -= factor * system[k][c];
                }
            }
        }
        double[] solution = new double[n];
        for (int k = 0; k < n; k++) {
            solution[k] = system[k][n] / system[k][k];
            assertTrue(Double.isFinite(solution[k]));
        }
        return solution;
    }
}
