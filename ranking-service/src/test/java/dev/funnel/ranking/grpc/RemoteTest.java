package dev.funnel.ranking.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.testing.SmallRanker;
import dev.funnel.proto.inference.ModelInferResponse;
import dev.funnel.proto.ranking.v1.DescribeRankerRequest;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankResponse;
import dev.funnel.ranking.rank.ObjectiveScores;
import dev.funnel.runtime.grpc.Failures;
import dev.funnel.runtime.testing.Await;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ranker whose network runs on another server of the Open Inference Protocol, over real sockets. */
class RemoteTest {
    private static final RankRequest REQUEST = RunningRanker.request(700)
            .addHeads(SmallRanker.OBJECTIVE)
            .addHeads(SmallRanker.CLICK)
            .build();

    @TempDir
    private Path bundles;

    private RunningRanker remote(String address, String deadline) throws Exception {
        return RunningRanker.configured(
                        bundles,
                        "\nremote: {target: \"%s\", model: %s, deadline: %s}\n"
                                .formatted(address, SmallBundle.NAME, deadline))
                .loaded();
    }

    @Test
    void scores_are_those_of_the_network_run_here() throws Exception {
        SmallRanker.publish(bundles);
        try (RunningRanker here = new RunningRanker(bundles).loaded();
                RunningRanker elsewhere = remote(here.address(), "20s")) {
            assertTrue(elsewhere
                    .ranker()
                    .describeRanker(DescribeRankerRequest.getDefaultInstance())
                    .getEngine()
                    .startsWith("remote " + here.address()));
            RankResponse expected = here.ranker().rank(REQUEST);
            RankResponse response = elsewhere.ranker().rank(REQUEST);
            for (int head = 0; head < 2; head++) {
                for (int i = 0; i < response.getScoresCount(); i++) {
                    float value = expected.getHeads(head).getValues(i);
                    assertEquals(value, response.getHeads(head).getValues(i), 1e-5f * Math.abs(value), "row " + i);
                }
            }
        }
    }

    @Test
    void a_server_that_is_lost_makes_ranking_unavailable_with_the_cause() throws Exception {
        SmallRanker.publish(bundles);
        try (FakeModel model = new FakeModel(SmallRanker.schema());
                RunningRanker elsewhere = remote(model.address(), "20s")) {
            String address = model.address();
            elsewhere.ranker().rank(REQUEST);
            model.close();
            StatusRuntimeException lost = refused(elsewhere);
            assertEquals(Status.Code.UNAVAILABLE, lost.getStatus().getCode());
            assertTrue(String.valueOf(lost.getMessage()).contains("remote scorer " + address), lost.getMessage());
        }
    }

    @Test
    void a_server_that_comes_back_is_used_again_without_a_restart() throws Exception {
        SmallRanker.publish(bundles);
        int port;
        try (FakeModel lost = new FakeModel(SmallRanker.schema());
                RunningRanker elsewhere = remote(lost.address(), "20s")) {
            port = lost.port();
            elsewhere.ranker().rank(REQUEST);
            lost.close();
            assertEquals(Status.Code.UNAVAILABLE, refused(elsewhere).getStatus().getCode());
            try (FakeModel back = new FakeModel(SmallRanker.schema(), port)) {
                Await.until("the server at " + back.address() + " is used again", () -> answers(elsewhere));
            }
        }
    }

    private static boolean answers(RunningRanker elsewhere) {
        try {
            return elsewhere.ranker().rank(REQUEST).getScoresCount() == 700;
        } catch (StatusRuntimeException e) {
            assertEquals(Status.Code.UNAVAILABLE, e.getStatus().getCode());
            return false;
        }
    }

    @Test
    void a_server_that_does_not_answer_is_waited_for_no_longer_than_configured_nor_than_the_request() throws Exception {
        SmallRanker.publish(bundles);
        try (FakeModel model = new FakeModel(SmallRanker.schema());
                RunningRanker patient = remote(model.address(), "20s");
                RunningRanker hasty = remote(model.address(), "10ms")) {
            model.silent();
            StatusRuntimeException late = assertThrows(
                    StatusRuntimeException.class,
                    () -> patient.ranker()
                            .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                            .rank(REQUEST));
            assertEquals(Status.Code.DEADLINE_EXCEEDED, late.getStatus().getCode());
            StatusRuntimeException sooner = assertThrows(
                    StatusRuntimeException.class, () -> hasty.ranker().rank(REQUEST));
            assertEquals(Status.Code.DEADLINE_EXCEEDED, sooner.getStatus().getCode());
            assertTrue(String.valueOf(sooner.getMessage()).contains("remote scorer"), sooner.getMessage());
        }
    }

    @Test
    void an_answer_that_is_not_what_was_asked_for_is_no_score() throws Exception {
        SmallRanker.publish(bundles);
        try (FakeModel model = new FakeModel(SmallRanker.schema());
                RunningRanker elsewhere = remote(model.address(), "20s")) {
            assertEquals(700, elsewhere.ranker().rank(REQUEST).getScoresCount());
            model.answersChanged(answer -> answer.toBuilder().removeOutputs(1).build());
            assertEquals(Status.Code.UNAVAILABLE, refused(elsewhere).getStatus().getCode());
            model.answersChanged(answer -> FakeModel.values(answer, 3, 1));
            assertTrue(String.valueOf(refused(elsewhere).getMessage()).contains("has 3 values for 256 candidates"));
            model.answersChanged(answer -> FakeModel.values(answer, 256, Float.NaN));
            assertEquals(
                    ObjectiveScores.NOT_FINITE,
                    Failures.reason(refused(elsewhere)).orElseThrow());
            model.answersChanged(ModelInferResponse::getDefaultInstanceForType);
            assertEquals(Status.Code.UNAVAILABLE, refused(elsewhere).getStatus().getCode());
        }
    }

    private static StatusRuntimeException refused(RunningRanker elsewhere) {
        return assertThrows(
                StatusRuntimeException.class, () -> elsewhere.ranker().rank(REQUEST));
    }

    @Test
    void a_model_that_does_not_fit_the_schema_is_refused_showing_both_sides() throws Exception {
        FeatureSchema schema = SmallRanker.schema();
        try (FakeModel model = new FakeModel(schema)) {
            refused(model, schema, "no-such-model", "NOT_FOUND");
            List<Head> renamed = List.of(new Head("dwell", "dwell_out", "s"));
            refused(model, with(schema, schema.blocks(), renamed), FakeModel.NAME, "it has no dwell_out FP32 [-1, 1]");
            refused(
                    model,
                    with(schema, schema.blocks().subList(0, 4), schema.heads()),
                    FakeModel.NAME,
                    "its input \"candidate\" is no block of the schema");
            Block pair = schema.blocks().get(3);
            Block narrow = new Block(
                    "candidate",
                    schema.blocks().get(4).source(),
                    schema.blocks().get(4).features().subList(0, 1));
            List<Block> blocks = List.of(
                    schema.blocks().get(0),
                    schema.blocks().get(1),
                    schema.blocks().get(2),
                    pair,
                    narrow);
            refused(
                    model,
                    with(schema, blocks, schema.heads()),
                    FakeModel.NAME,
                    "its input is candidate FP32 [-1, 8], the schema's block is candidate FP32 [-1, 2]");
        }
    }

    private static FeatureSchema with(FeatureSchema schema, List<Block> blocks, List<Head> heads) {
        return new FeatureSchema(schema.recentWatches(), schema.tables(), blocks, heads);
    }

    private static void refused(FakeModel model, FeatureSchema schema, String name, String reason) {
        RemoteSettings settings =
                new RemoteSettings(model.address(), name, "", Duration.ofSeconds(20), Duration.ofSeconds(20), 4);
        EngineRefusedException refused =
                assertThrows(EngineRefusedException.class, () -> RemoteEngine.load(model.channel(), settings, schema));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }
}
