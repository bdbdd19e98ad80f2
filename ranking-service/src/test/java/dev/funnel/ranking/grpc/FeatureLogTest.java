package dev.funnel.ranking.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.inference.feature.StoredFeatures;
import dev.funnel.inference.testing.SmallRanker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a network is given in service, logged, and the same worked out from the tables, as a trainer reads an example: bit for bit. */
class FeatureLogTest {
    private static final int POOL = SmallBundle.ITEMS + 20;
    private static final int LOGGED = SmallBundle.ITEMS + 5;

    @TempDir
    Path folder;

    @Test
    void every_number_that_was_served_and_logged_is_what_the_trainers_way_gives() throws Exception {
        Path bundles = folder.resolve("bundles");
        BundleVersion version = SmallRanker.publish(bundles);
        Path log = folder.resolve("features.jsonl");
        try (RunningRanker running =
                RunningRanker.configured(bundles, further(log)).loaded()) {
            running.ranker().rank(RunningRanker.request(POOL).build());
            running.ranker().rank(RunningRanker.request(POOL).build());
        }
        List<String> lines = Files.readAllLines(log);
        assertEquals(2, lines.size());
        JsonNode line = new ObjectMapper().readTree(lines.getFirst());
        assertEquals(version.value(), line.get("bundle").asText());
        assertEquals(LOGGED, line.get("items").size(), "the first so many candidates are logged");
        try (Bundle bundle = Bundle.open(SmallBundle.directory(bundles, version))) {
            compare(bundle, line.get("features"));
        }
    }

    private static String further(Path log) {
        return "\nfeature_log: {file: \"%s\", one_in: 1, most_candidates: %d}\n".formatted(log, LOGGED);
    }

    private static void compare(Bundle bundle, JsonNode served) throws Exception {
        FeatureSchema schema = SmallRanker.schema();
        String file = Objects.requireNonNull(bundle.manifest().ranker()).features();
        FeatureTransform transform =
                new FeatureTransform(schema, StoredFeatures.load(schema, bundle.items(), bundle::tensors, file));
        FeatureBlocks offline = FeatureBlocks.rowPerCandidate(schema, POOL);
        Request request = transform.open(input(bundle.items()));
        transform.write(transform.readRequest(request), transform.readCandidates(request, 0, POOL), offline, 0);
        int compared = 0;
        for (int block = 0; block < schema.blocks().size(); block++) {
            compared += compare(schema, block, offline, served);
        }
        assertEquals(schema.featureNames().size(), served.size());
        assertTrue(compared > 1_000, "numbers compared: " + compared);
    }

    private static int compare(FeatureSchema schema, int index, FeatureBlocks offline, JsonNode served) {
        Block block = schema.blocks().get(index);
        int compared = 0;
        int column = 0;
        for (Feature feature : block.features()) {
            boolean shared = block.source().oncePerRequest();
            for (int row = 0; row < (shared ? 1 : LOGGED); row++) {
                JsonNode values = shared
                        ? served.get(feature.name())
                        : served.get(feature.name()).get(row);
                assertEquals(schema.width(feature), values.size(), feature.name());
                for (int c = 0; c < values.size(); c++) {
                    float expected = offline.values(index)
                            .getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * offline.width(index) + column + c);
                    assertEquals(
                            Float.floatToRawIntBits(expected),
                            Float.floatToRawIntBits(values.get(c).floatValue()),
                            feature.name() + " of candidate " + row);
                    compared++;
                }
            }
            column += schema.width(feature);
        }
        return compared;
    }

    /** The request of {@link RunningRanker#request}, put together from tables instead of from messages. */
    private static RankingInput input(ItemTable items) {
        int[] candidates = new int[POOL];
        float[] scores = new float[POOL];
        boolean[] nominated = new boolean[POOL];
        Arrays.fill(candidates, -1);
        for (int i = 0; i < POOL; i++) {
            scores[i] = i % 7 / 7f;
            nominated[i] = i % 3 == 0;
            if (i < SmallBundle.ITEMS) {
                candidates[i] = items.indexOf(SmallBundle.item(i));
            }
        }
        long now = SmallBundle.NOW.toEpochMilli();
        History history = new History(
                new int[] {index(items, 7), index(items, 14), index(items, 21)},
                new long[] {now - 3_600_000L, now - 7_200_000L, now - 10_800_000L},
                new byte[] {1, 1, 1},
                new long[] {20_000, 40_000, 60_000},
                new float[] {1, 1, 1});
        return new RankingInput(
                now,
                Map.of("age", new FeatureValue.Number(41), "country", new FeatureValue.Text("DE")),
                Map.of(
                        "language", new FeatureValue.Text("de"),
                        "device", new FeatureValue.Text("phone"),
                        "mood", new FeatureValue.Number(0.5)),
                history,
                null,
                candidates,
                List.of(new GeneratorSignals("als", scores, nominated)),
                new int[0]);
    }

    private static int index(ItemTable items, int item) {
        return items.indexOf(SmallBundle.item(item));
    }
}
