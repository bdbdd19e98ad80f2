package dev.funnel.trainer.learn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.funnel.trainer.learn.graph.Forms.Form;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ONNX Runtime makes of the model is what the graph makes. */
final class GraphModelTest {
    private static final long SEED = 12;
    private static final int ROWS = 37;

    static Stream<String> forms() {
        return Forms.all(SEED).keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void the_model_gives_what_the_graph_gives(String name) throws Exception {
        Form form = Objects.requireNonNull(Forms.all(SEED).get(name));
        GraphRun run = filled(form);
        float[] served = serve(form, run, new ModelOutput.Plain());
        for (int row = 0; row < served.length; row++) {
            float logit = run.values(form.logit())[row];
            assertEquals(logit, served[row], 1e-5 * (1 + Math.abs(logit)), name + ", row " + row + ", seed " + SEED);
        }
    }

    @Test
    void logits_are_served_as_odds_probabilities_and_clipped() throws Exception {
        Form form = Objects.requireNonNull(Forms.all(SEED).get("dense"));
        GraphRun run = filled(form);
        float[] odds = serve(form, run, new ModelOutput.Odds(-0.5f, 0.5f));
        float[] probabilities = serve(form, run, new ModelOutput.Probability());
        float[] clipped = serve(form, run, new ModelOutput.Clipped(-1, 1));
        float[] bent = serve(
                form,
                run,
                new ModelOutput.Bent(new float[] {-.2f, .1f}, new float[] {.5f, -.25f}, 3, new ModelOutput.Plain()));
        for (int row = 0; row < ROWS; row++) {
            double logit = run.values(form.logit())[row];
            assertEquals(Math.exp(Math.clamp(logit, -0.5, 0.5)), odds[row], 1e-5, "seed " + SEED);
            assertEquals(1 / (1 + Math.exp(-logit)), probabilities[row], 1e-5, "seed " + SEED);
            assertEquals(Math.clamp(logit, -1, 1), clipped[row], 1e-5, "seed " + SEED);
            double above = .5 * Math.max(0, logit + .2) - .25 * Math.max(0, logit - .1);
            assertEquals(logit + 3 + above, bent[row], 1e-5, "seed " + SEED);
        }
    }

    /** Random inputs; all rows of the user's are the same, as they are for the candidates of one request. */
    private static GraphRun filled(Form form) {
        GraphRun run = new GraphRun(form.graph(), ROWS);
        Random random = new Random(SEED);
        for (Node input : form.graph().inputs()) {
            float[] values = run.values(input);
            for (int i = 0; i < values.length; i++) {
                values[i] = input.side().oneRow() && i >= input.width()
                        ? values[i - input.width()]
                        : (float) random.nextGaussian();
            }
        }
        run.forward(0, ROWS);
        return run;
    }

    private static float[] serve(Form form, GraphRun run, ModelOutput.Transform transform) throws Exception {
        byte[] model = GraphModel.write(form.graph(), List.of(new ModelOutput("served", form.logit(), transform)));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try (OrtSession session = environment.createSession(model)) {
            for (Node input : form.graph().inputs()) {
                int rows = input.side().oneRow() ? 1 : ROWS;
                FloatBuffer values = FloatBuffer.wrap(run.values(input), 0, rows * input.width());
                inputs.put(
                        form.graph().block(input).name(),
                        OnnxTensor.createTensor(environment, values, new long[] {rows, input.width()}));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                float[] served = new float[form.logit().side().oneRow() ? 1 : ROWS];
                ((OnnxTensor) result.get("served").orElseThrow())
                        .getFloatBuffer()
                        .get(served);
                return served;
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }
}
