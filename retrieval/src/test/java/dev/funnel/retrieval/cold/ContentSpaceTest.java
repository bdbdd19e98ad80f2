package dev.funnel.retrieval.cold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Similarity;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items 0 to 3 have the genres {a, b}, {a}, {b, c} and none; 0 and 1 are of one uploader; they last 10, 20, 30 and 40 s. */
class ContentSpaceTest {

    @TempDir
    private Path folder;

    private final Arena arena = Arena.ofShared();
    private ItemTable items;

    @BeforeEach
    void write() throws Exception {
        Path path = folder.resolve("items.safetensors");
        new TableWriter(path, new String[] {"0", "1", "2", "3"})
                .categoryList("genres", List.of(List.of("a", "b"), List.of("a"), List.of("b", "c"), List.of()))
                .category("uploader", new String[] {"u", "u", "v", "w"})
                .number("seconds", new float[] {10, 20, 30, 40})
                .text("title", new String[] {"One, two", "two", "THREE", ""})
                .write();
        items = ItemTable.load(TensorFile.open(path, arena));
    }

    @AfterEach
    void close() {
        arena.close();
    }

    private float cosine(ContentSpace space, int a, int b) {
        ExactScanIndex index = new ExactScanIndex(space.vectors(items), Similarity.COSINE);
        return index.score(space.vector(items, a), b);
    }

    @Test
    void items_are_as_like_as_the_features_they_share() {
        ContentSpace genres = ContentSpace.fit(items, List.of("genres"), 16, false);
        assertEquals(3, genres.dimensions());
        assertEquals(Math.sqrt(.5), cosine(genres, 0, 1), 1e-6);
        assertEquals(.5, cosine(genres, 0, 2), 1e-6);
        assertEquals(0, cosine(genres, 1, 2), 1e-6);
        assertEquals(0, cosine(genres, 0, 3), 1e-6);
    }

    @Test
    void columns_count_alike() {
        ContentSpace both = ContentSpace.fit(items, List.of("genres", "uploader"), 16, false);
        assertEquals((Math.sqrt(.5) + 1) / 2, cosine(both, 0, 1), 1e-6);
    }

    @Test
    void a_rare_feature_counts_more_than_a_common_one() {
        ContentSpace genres = ContentSpace.fit(items, List.of("genres"), 16, true);
        float[] two = genres.vector(items, 2);
        double b = Math.log1p(4 / 2.0) / Math.log1p(4) / Math.sqrt(2);
        double c = 1 / Math.sqrt(2);
        assertEquals(b * b + c * c, two[0] * two[0] + two[1] * two[1] + two[2] * two[2], 1e-6);
    }

    @Test
    void numbers_are_standardised_within_three_deviations() {
        ContentSpace seconds = ContentSpace.fit(items, List.of("seconds"), 16, false);
        double deviation = Math.sqrt(125);
        assertArrayEquals(new float[] {(float) (-15 / (3 * deviation))}, seconds.vector(items, 0), 1e-6f);
    }

    @Test
    void words_of_texts_are_features_whatever_their_case_and_marks() {
        ContentSpace titles = ContentSpace.fit(items, List.of("title"), 16, false);
        assertEquals(Math.sqrt(.5), cosine(titles, 0, 1), 1e-6);
    }

    @Test
    void someone_is_the_mean_of_what_they_did() {
        FloatMatrix vectors = FloatMatrix.of(new float[] {1, 0, 0, 1}, 2, 2);
        assertArrayEquals(
                new float[] {.75f, .25f}, ContentSpace.mean(vectors, new int[] {0, 1}, new float[] {3, 1}), 1e-6f);
    }

    @Test
    void a_profile_speaks_for_items_with_its_values() {
        ContentSpace space = ContentSpace.fit(items, List.of("genres"), 16, false);
        float[] likesC = space.vector(new Profile(Map.of("genres", List.of("c", "unheard")), Map.of()));
        ExactScanIndex index = new ExactScanIndex(space.vectors(items), Similarity.COSINE);
        assertEquals(Math.sqrt(.5), index.score(likesC, 2), 1e-6);
        assertEquals(0, index.score(likesC, 0), 1e-6);
    }

    @Test
    void features_without_a_dimension_of_their_own_share_some() {
        ContentSpace hashed = ContentSpace.fit(items, List.of("genres", "uploader", "title"), 8, false);
        assertEquals(8, hashed.dimensions());
        assertTrue(cosine(hashed, 0, 1) > cosine(hashed, 0, 3));
    }

    @Test
    void what_is_stored_places_items_as_what_was_fitted() throws Exception {
        for (List<String> columns : List.of(List.of("genres", "seconds"), List.<String>of())) {
            ContentSpace fitted = ContentSpace.fit(items, columns, 16, true);
            Path path = folder.resolve("content" + columns.size() + ".safetensors");
            TensorFileWriter writer = new TensorFileWriter(path);
            fitted.addTo(writer);
            writer.write();
            ContentSpace read = ContentSpace.read(TensorFile.open(path, arena));
            for (int item = 0; item < 4; item++) {
                assertArrayEquals(fitted.vector(items, item), read.vector(items, item));
            }
        }
    }
}
