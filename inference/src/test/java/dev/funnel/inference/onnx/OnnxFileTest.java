package dev.funnel.inference.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.funnel.inference.testing.GraphWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class OnnxFileTest {
    private static final long SEED = 11;
    private static final int DAMAGED = 20_000;

    private static ModelProto model() {
        GraphWriter graph = new GraphWriter(SEED).input("item", 6);
        graph.node("Relu", "hidden", graph.dense("sums", "item", 6, 4));
        graph.dense("score", "hidden", 4, 1);
        return graph.output("score", -1, 1).model();
    }

    private static void refused(Consumer<ModelProto.Builder> damage, String part) {
        ModelProto.Builder model = model().toBuilder();
        damage.accept(model);
        DamagedModelException refusal = assertThrows(
                DamagedModelException.class, () -> OnnxFile.parse(model.build().toByteArray()));
        assertTrue(String.valueOf(refusal.getMessage()).contains(part), refusal.getMessage());
    }

    @Test
    void a_file_tells_what_it_takes_and_gives() throws Exception {
        OnnxFile file = OnnxFile.parse(model().toByteArray());
        assertEquals("item", file.inputs().getFirst().name());
        assertArrayEquals(new long[] {-1, 6}, file.inputs().getFirst().shape());
        assertEquals("FLOAT", file.outputs().getFirst().type());
        assertEquals(3, file.nodes().size());
    }

    @Test
    void numbers_stored_as_bytes_are_read() throws Exception {
        ModelProto.Builder model = model().toBuilder();
        TensorProto.Builder first = model.getGraphBuilder().getInitializerBuilder(0);
        float expected = first.getFloatData(0);
        byte[] raw = new byte[6 * 4 * Float.BYTES];
        ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).putFloat(expected);
        first.clearFloatData().setRawData(ByteString.copyFrom(raw));
        OnnxFile file = OnnxFile.parse(model.build().toByteArray());
        OnnxTensor read = file.constants().get(first.getName());
        assertEquals(expected, read == null ? Float.NaN : read.floats()[0]);
    }

    @Test
    void a_value_that_nothing_makes_is_refused() {
        refused(model -> model.getGraphBuilder().getNodeBuilder(1).setInput(0, "nowhere"), "reads \"nowhere\"");
    }

    @Test
    void a_value_used_before_it_is_made_is_refused() {
        refused(model -> model.getGraphBuilder().getNodeBuilder(0).setInput(0, "hidden"), "reads \"hidden\"");
    }

    @Test
    void a_value_made_twice_is_refused() {
        refused(model -> model.getGraphBuilder().getNodeBuilder(1).setOutput(0, "sums"), "is there already");
    }

    @Test
    void a_tensor_with_too_few_numbers_is_refused() {
        refused(model -> model.getGraphBuilder().getInitializerBuilder(0).setDims(0, 7), "shape [7, 4] and 96 bytes");
    }

    @Test
    void a_tensor_of_overflowing_size_is_refused() {
        refused(
                model -> model.getGraphBuilder()
                        .getInitializerBuilder(0)
                        .setDims(0, 1L << 40)
                        .setDims(1, 1L << 40),
                "has shape");
    }

    @Test
    void a_tensor_in_another_file_is_refused() {
        refused(
                model -> model.getGraphBuilder()
                        .getInitializerBuilder(0)
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL),
                "another file");
    }

    @Test
    void a_file_without_a_graph_is_refused() {
        refused(ModelProto.Builder::clearGraph, "no graph");
    }

    @Test
    void damaged_bytes_are_refused_or_harmless() {
        byte[] good = model().toByteArray();
        Random random = new Random(SEED);
        int refusals = 0;
        for (int i = 0; i < DAMAGED; i++) {
            byte[] bad = random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (int flips = random.nextInt(4); flips >= 0 && bad.length > 0; flips--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                OnnxFile.parse(bad);
            } catch (DamagedModelException e) {
                refusals++;
            }
        }
        assertTrue(refusals > DAMAGED / 4, refusals + " refused, seed " + SEED);
    }
}
