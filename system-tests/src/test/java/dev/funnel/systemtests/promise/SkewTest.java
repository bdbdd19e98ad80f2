package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Timestamp;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.cli.Funnel;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.inference.feature.Profiles;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.inference.feature.StoredFeatures;
import dev.funnel.inference.feature.Unclicked;
import dev.funnel.proto.common.v1.Candidates;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.ImpressionCounts;
import dev.funnel.proto.common.v1.Nomination;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.common.v1.UserState;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankingServiceGrpc;
import dev.funnel.ranking.RankingConfiguration;
import dev.funnel.ranking.RankingServiceMain;
import dev.funnel.ranking.snapshot.RankingSnapshot;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.user.UserStates;
import dev.funnel.runtime.wire.FromWire;
import dev.funnel.runtime.wire.ToWire;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.prepare.Deeds;
import dev.funnel.trainer.prepare.PositiveRule;
import dev.funnel.trainer.prepare.UserHistories;
import dev.funnel.trainer.read.LogReader;
import dev.funnel.trainer.read.ReadSettings;
import dev.funnel.trainer.read.TrainingInput;
import dev.funnel.trainer.read.TrainingLog;
import dev.funnel.trainer.train.TrainingSettings;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small world is trained on declared features, those of earlier impressions and of nominations among them; the bundle is served to a
 * viewer as the gateway joins them from the bundle's user table; what the network was given is logged, and worked out again from the rows
 * of the log as training reads them. Every value is the same, bit for bit.
 */
@ExtendWith(TinyFunnelExtension.class)
class SkewTest {
    private static final int POOL = 120;
    private static final int RECENT = 1_000;
    private static final String LANGUAGE = "en";

    private static final String TRAINING = """
            generators:
              - {name: als, kind: wals, limit: 100, dimensions: 8}
              - {name: popular, kind: popular, limit: 50}
            ranker_vectors: [als]
            ranker:
              hidden: [16]
              tables:
                - {kind: items, name: item, width: 4}
                - {kind: texts, name: languages, width: 4, vocabulary: language}
                - {kind: texts, name: topics, width: 4, vocabulary: categories}
                - {kind: buckets, name: crossed, width: 4, buckets: 500}
                - {kind: vectors, name: als}
              features:
                - {kind: category, name: user_language, from: profile, of: language, table: languages}
                - {kind: category, name: context_language, from: context, of: language, table: languages}
                - {kind: number, name: recent_count, from: history-count}
                - {kind: bag, name: recent_items, from: history-items, table: item}
                - {kind: bag, name: recent_topics, from: history-column, of: categories, table: topics}
                - {kind: category, name: item_id, from: id, table: item}
                - {kind: bag, name: item_topics, from: column, of: categories, table: topics}
                - {kind: number, name: item_duration, from: column, of: duration_seconds}
                - {kind: number, name: since_uploader, from: since-last, of: uploader}
                - {kind: number, name: age, from: age, of: published_at}
                - {kind: number, name: watched_of_topic, from: watched-share, of: categories}
                - {kind: number, name: share_of_topic, from: recent-share, of: categories}
                - {kind: number, name: als_cosine, from: cosine, of: als}
                - {kind: cross, name: language_twice, table: crossed,
                   parts: [{from: context, of: language}, {from: column, of: language}]}
                - {kind: number, name: unclicked, from: unclicked}
                - {kind: number, name: als_score, from: score, of: als}
                - {kind: number, name: als_nominated, from: nominated, of: als}
                - {kind: number, name: nominations, from: nominations}
                - {kind: number, name: position, from: position}
            """;

    @TempDir
    Path folder;

    private final TinyFunnel funnel;

    SkewTest(TinyFunnel funnel) {
        this.funnel = funnel;
    }

    @Test
    void what_a_trained_network_is_given_in_service_is_what_its_training_gave_it() throws Exception {
        Path configuration = Files.writeString(folder.resolve("training.yaml"), TRAINING);
        Path bundles = folder.resolve("bundles");
        int ended = Funnel.commandLine()
                .execute(
                        "train",
                        "--data",
                        funnel.data().toString(),
                        "--out",
                        bundles.toString(),
                        "--name",
                        "demo",
                        "--config",
                        configuration.toString());
        assertEquals(0, ended, "funnel train");
        BundleStore store = new BundleStore(bundles, "demo");
        try (Bundle bundle = Bundle.open(store.path(store.newest().orElseThrow()))) {
            RankingInput input = input(bundle, funnel.data());
            JsonNode served = serve(bundles, bundle, input);
            compare(bundle, input, served.get("features"));
        }
    }

    /** A viewer as the log's rows tell of them, with what an upstream stage and a caller would say. */
    private static RankingInput input(Bundle bundle, Path data) throws IOException {
        UserHistories histories = histories(bundle, data);
        int user = 0;
        while (histories.of(user).size() < 5) {
            user++;
        }
        int[] candidates = new int[POOL];
        float[] scores = new float[POOL];
        boolean[] nominated = new boolean[POOL];
        int[] places = new int[POOL];
        int place = 0;
        for (int i = 0; i < POOL; i++) {
            candidates[i] = 3 * i;
            scores[i] = (i * 37 % 101) / 101f;
            nominated[i] = i % 4 == 0;
            places[i] = nominated[i] ? ++place : 0;
        }
        return new RankingInput(
                Objects.requireNonNull(bundle.manifest().trainedUntil()).toEpochMilli(),
                bundle.users().id(user),
                new Profiles(bundle.users()).of(user),
                Map.of("language", new FeatureValue.Text(LANGUAGE)),
                histories.newest(user, RECENT),
                new Unclicked(new int[] {0, 9, 30}, new int[] {1, 2, 7}),
                candidates,
                List.of(new GeneratorSignals("als", scores, nominated, places)),
                new int[0],
                0);
    }

    private static UserHistories histories(Bundle bundle, Path data) throws IOException {
        TrainingLog log = LogReader.read(
                new TrainingInput(
                        data.resolve("items.parquet"),
                        data.resolve("users.parquet"),
                        data.resolve("interactions.parquet"),
                        data.resolve("impressions.parquet")),
                ReadSettings.DEFAULT,
                Progress.SILENT);
        NumberColumn durations = Objects.requireNonNull(bundle.items().number("duration_seconds"));
        float[] seconds = new float[bundle.items().size()];
        for (int item = 0; item < seconds.length; item++) {
            seconds[item] = durations.present(item) ? durations.value(item) : Float.NaN;
        }
        Deeds deeds =
                Deeds.of(log.interactions(), log.users().size(), log.items().size(), seconds, PositiveRule.DEFAULT);
        int[] all = IntStream.range(0, log.interactions().size()).toArray();
        return UserHistories.of(deeds, all, TrainingSettings.defaults(1, 1).historyLength());
    }

    private JsonNode serve(Path bundles, Bundle bundle, RankingInput input) throws Exception {
        Path log = folder.resolve("features.jsonl");
        Path file = Files.writeString(folder.resolve("ranking.yaml"), """
                server: {host: 127.0.0.1, port: 0}
                engine: onnx
                bundles: {root: "%s", name: demo}
                feature_log: {file: "%s", one_in: 1, most_candidates: %d}
                """.formatted(bundles, log, POOL));
        RankingConfiguration configuration = ConfigurationFile.load(RankingConfiguration.class, file, Map.of());
        try (StageProcess<RankingSnapshot> process = RankingServiceMain.start(configuration, Readiness.silent())) {
            process.lookForBundles(Deadline.after(Duration.ofSeconds(20)));
            try (StockClient client = new StockClient(process.host().port())) {
                int scores = RankingServiceGrpc.newBlockingStub(client.channel())
                        .withDeadlineAfter(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .rank(request(bundle, input))
                        .getScoresCount();
                assertEquals(POOL, scores);
            }
        }
        return new ObjectMapper().readTree(Files.readAllLines(log).getFirst());
    }

    private static RankRequest request(Bundle bundle, RankingInput input) {
        Candidates.Builder candidates = Candidates.newBuilder();
        GeneratorSignals said = input.generators().getFirst();
        Nomination.Builder nomination = Nomination.newBuilder().setGenerator(said.generator());
        for (int i = 0; i < POOL; i++) {
            candidates.addItemIds(bundle.items().id(input.candidates()[i]));
            nomination.addPoolScores(said.scores()[i]);
            if (said.nominated()[i]) {
                nomination.addPositions(i).addScores(said.scores()[i]);
            }
        }
        Unclicked unclicked = Objects.requireNonNull(input.unclicked());
        ImpressionCounts.Builder shown = ImpressionCounts.newBuilder();
        for (int i = 0; i < unclicked.items().length; i++) {
            shown.addItemIds(bundle.items().id(unclicked.items()[i]))
                    .addCounts(unclicked.counts()[i]);
        }
        Query query = Query.newBuilder()
                .setUserId(input.userId())
                .setContext(Context.newBuilder()
                        .setLanguage(LANGUAGE)
                        .setTime(Timestamp.newBuilder()
                                .setSeconds(input.timeMillis() / 1_000)
                                .setNanos((int) (input.timeMillis() % 1_000) * 1_000_000)))
                .build();
        UserState joined =
                ToWire.userState(UserStates.join(bundle.items(), bundle.users(), FromWire.stampedQuery("query", query))
                        .state());
        return RankRequest.newBuilder()
                .setUser(joined.toBuilder().setUnclicked(shown))
                .setQuery(query)
                .setCandidates(candidates.addNominations(nomination))
                .build();
    }

    private static void compare(Bundle bundle, RankingInput input, JsonNode served) throws Exception {
        RankerEntry entry = Objects.requireNonNull(bundle.manifest().ranker());
        FeatureSchema schema = FeatureSchema.parse(bundle.bytes(entry.schema()));
        FeatureTransform transform = new FeatureTransform(
                schema, StoredFeatures.load(schema, bundle.items(), bundle::tensors, entry.features()));
        FeatureBlocks offline = FeatureBlocks.rowPerCandidate(schema, POOL);
        Request request = transform.open(input);
        transform.write(transform.readRequest(request), transform.readCandidates(request, 0, POOL), offline, 0);
        int compared = 0;
        for (int block = 0; block < schema.blocks().size(); block++) {
            compared += compare(schema, block, offline, served);
        }
        assertEquals(schema.featureNames().size(), served.size());
        assertTrue(compared > 5_000, "numbers compared: " + compared);
    }

    private static int compare(FeatureSchema schema, int index, FeatureBlocks offline, JsonNode served) {
        Block block = schema.blocks().get(index);
        int compared = 0;
        int column = 0;
        for (Feature feature : block.features()) {
            boolean shared = block.source().oncePerRequest();
            for (int row = 0; row < (shared ? 1 : POOL); row++) {
                JsonNode values = shared
                        ? served.get(feature.name())
                        : served.get(feature.name()).get(row);
                for (int c = 0; c < schema.width(feature); c++) {
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
}
