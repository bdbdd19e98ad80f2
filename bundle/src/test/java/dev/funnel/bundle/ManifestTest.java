package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ManifestTest {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final Calibration CALIBRATION = new Calibration(2, -1);
    private static final List<FileEntry> FILES = List.of(
            file("items.safetensors"),
            file("users.safetensors"),
            file("generators/als.safetensors"),
            file("ranker/network.onnx"),
            file("ranker/schema.json"),
            file("ranker/features.safetensors"));
    private static final GeneratorEntry ALS = new GeneratorEntry(
            "als", "factorization", "generators/als.safetensors", "dot", 64, 200, CALIBRATION, null, Map.of("a", 0.1));
    private static final GeneratorEntry CONTENT = new GeneratorEntry(
                    "content", "content", "generators/als.safetensors", "cosine", 64, 100, CALIBRATION, .5, Map.of())
            .withSeedCalibration(new Calibration(7, -3));
    private static final HeadEntry CLICK = new HeadEntry("click", "click", "1");
    private static final RankerEntry RANKER = new RankerEntry(
            "ranker/network.onnx",
            "ranker/schema.json",
            "ranker/features.safetensors",
            List.of(new HeadEntry("watch_seconds", "watch", "seconds"), new HeadEntry("click", "click", "1")),
            Map.of("mixed", "click * watch_seconds^0.5"),
            "mixed",
            List.of(new HeadReliability("click", "country DE", List.of(new HeadReliability.Part(7, .25, .2)))));

    @Test
    void a_manifest_written_and_read_again_is_the_same() throws Exception {
        Instant published = Instant.parse("2026-01-31T01:02:03.004Z");
        Manifest.Draft contents = new Manifest.Draft(
                Instant.parse("2026-01-30T00:00:00.5Z"),
                17,
                List.of(ALS, CONTENT),
                RANKER,
                List.of(new GoldenQuery("als", "u", null, List.of("i", "j"), List.of(0.5, -1e-30))),
                Map.of("als.recall@50", 0.25));
        byte[] json =
                ManifestDocument.of("demo", published, 1 << 20, FILES, contents).toJson();
        BundleVersion version = BundleVersion.of(published, Sha256.hex(json));
        assertEquals(new Manifest("demo", version, 1 << 20, FILES, contents), ManifestDocument.read(json, version));
    }

    @Test
    void what_a_score_stands_for_where_an_item_is_asked_about_is_calibrated_by_itself_or_as_everything_is() {
        assertEquals(new Calibration(7, -3).probability(.9f), CONTENT.probability(.9f, true));
        assertEquals(CALIBRATION.probability(.9f), CONTENT.probability(.9f, false));
        assertEquals(CALIBRATION.probability(.9f), ALS.probability(.9f, true));
    }

    @Test
    void a_calibration_of_seeds_that_is_none_is_refused() throws Exception {
        String json = new String(
                ManifestDocument.of(
                                "demo",
                                Instant.EPOCH,
                                1 << 20,
                                FILES,
                                new Manifest.Draft(null, 0, List.of(CONTENT), null, List.of(), Map.of()))
                        .toJson(),
                StandardCharsets.UTF_8);
        for (String bad : List.of("1e999", "\"steep\"", "null")) {
            String changed = json.replaceFirst("(\"seed_calibration\"[^}]*\"slope\" *: *)[0-9.]+", "$1" + bad);
            assertNotEquals(json, changed);
            byte[] bytes = changed.getBytes(StandardCharsets.UTF_8);
            assertThrows(
                    BundleRefusedException.class,
                    () -> ManifestDocument.read(bytes, BundleVersion.of(Instant.EPOCH, Sha256.hex(bytes))),
                    bad);
        }
    }

    @Test
    void contents_that_contradict_themselves_are_refused_naming_the_value() {
        refused("two generators are named als", () -> draft(ALS, ALS));
        refused("generator 'Als'", () -> generator("Als", 0, 1, null));
        refused("dimensions of generator x is -1, not within 0 to 65536", () -> generator("x", -1, 1, null));
        refused("default limit of generator x is 10001", () -> generator("x", 0, 10_001, null));
        refused("measured recall of generator x is NaN", () -> generator("x", 0, 1, Double.NaN));
        refused("is not finite", () -> new Calibration(Double.NaN, 0));
        refused("metrics: a is Infinity", () -> draft(ALS).withMetrics(Map.of("a", Double.POSITIVE_INFINITY)));
        refused(
                "has no heads",
                () -> new RankerEntry(
                        "ranker/network.onnx", "ranker/schema.json", "ranker/features.safetensors", List.of(), "x"));
        refused("two heads are named click", () -> ranker(List.of(CLICK, CLICK), Map.of(), "click"));
        refused("default objective 'dwell' is none of [click]", () -> ranker(List.of(CLICK), Map.of(), "dwell"));
        refused("objective click has the name of a head", () -> ranker(List.of(CLICK), Map.of("click", "1"), "click"));
        refused("objective 'A b'", () -> ranker(List.of(CLICK), Map.of("A b", "click"), "click"));
        refused("length of objectives: a is 0", () -> ranker(List.of(CLICK), Map.of("a", ""), "click"));
        refused("examples of a part is 0", () -> new HeadReliability.Part(0, 1, 1));
        refused("must be finite", () -> new HeadReliability.Part(1, Double.NaN, 1));
        refused("number of parts of head a is 0", () -> new HeadReliability("a", "all", List.of()));
        refused("2 items and 1 scores", () -> new GoldenQuery("als", null, null, List.of("a", "b"), List.of(1.0)));
        refused(
                "a score that is not finite",
                () -> new GoldenQuery("als", null, null, List.of("a"), List.of(Double.NaN)));
    }

    @Test
    void files_that_contents_need_must_be_listed_in_their_format() {
        refused("items.safetensors is needed", () -> manifest(FILES.subList(1, 6), draft(ALS)));
        refused(
                "network.onnx is needed",
                () -> manifest(FILES.subList(0, 3), draft(ALS).withRanker(RANKER)));
        GeneratorEntry odd =
                new GeneratorEntry("x", "y", "ranker/schema.json", null, 0, 1, CALIBRATION, null, Map.of());
        refused("schema.json has to be a .safetensors file", () -> manifest(FILES, draft(odd)));
        FileEntry unhashed = new FileEntry("more.json", 5, List.of(), List.of());
        refused(
                "more.json of 5 bytes has 0 hashes, 1 are needed",
                () -> manifest(List.of(FILES.get(0), FILES.get(1), unhashed), draft()));
    }

    @Test
    void a_calibration_is_the_logistic_function_of_the_score() {
        assertEquals(0.5f, CALIBRATION.probability(0.5f));
        assertEquals(1 / (1 + Math.exp(-5)), CALIBRATION.probability(3), 1e-6);
        assertEquals(0f, CALIBRATION.probability(-1e30f));
        assertEquals(1f, CALIBRATION.probability(1e30f));
    }

    @Test
    void reliability_compares_sums_and_names_the_part_that_is_furthest_off() {
        HeadReliability reliability = new HeadReliability(
                "click",
                HeadReliability.ALL,
                List.of(new HeadReliability.Part(10, .1, .2), new HeadReliability.Part(30, .3, .2)));
        assertEquals(1.25, reliability.ratio(), 1e-12);
        assertEquals(.5, reliability.worstRatio(), 1e-12);
        assertEquals(40, reliability.examples());
    }

    private static RankerEntry ranker(List<HeadEntry> heads, Map<String, String> objectives, String preferred) {
        return new RankerEntry(
                "ranker/network.onnx",
                "ranker/schema.json",
                "ranker/features.safetensors",
                heads,
                objectives,
                preferred,
                List.of());
    }

    private static FileEntry file(String path) {
        return new FileEntry(path, 3, List.of(HASH), List.of());
    }

    private static Manifest manifest(List<FileEntry> files, Manifest.Draft contents) {
        return new Manifest("demo", new BundleVersion("20260131010203004-0123456789ab"), 1 << 20, files, contents);
    }

    private static Manifest.Draft draft(GeneratorEntry... generators) {
        return new Manifest.Draft(null, 0, List.of(generators), null, List.of(), Map.of());
    }

    private static GeneratorEntry generator(String name, int dimensions, int limit, @Nullable Double recall) {
        return new GeneratorEntry(
                name, "kind", "generators/als.safetensors", null, dimensions, limit, CALIBRATION, recall, Map.of());
    }

    private static void refused(String reason, Executable action) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, action);
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused::getMessage);
    }
}
