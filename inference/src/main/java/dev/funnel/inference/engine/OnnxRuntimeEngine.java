package dev.funnel.inference.engine;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.onnx.OnnxPort;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ONNX Runtime on the processor: one session shared by all threads, one thread a call, inputs read in place from the blocks'
 * own memory.
 *
 * <p>Rows are padded with zeros to a multiple of {@value #ROW_STEP}: matrix kernels take other paths for very few rows, and a
 * candidate's score must not depend on how many others stand beside it.
 */
public final class OnnxRuntimeEngine implements Engine {
    private static final int ROW_STEP = 16;

    private final FeatureSchema schema;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final boolean[] oneRow;
    private final Arena memory = Arena.ofShared();
    private final Set<String> outputs;
    private volatile boolean closed;

    private OnnxRuntimeEngine(FeatureSchema schema, OrtEnvironment environment, OrtSession session, boolean[] oneRow) {
        this.schema = schema;
        this.environment = environment;
        this.session = session;
        this.oneRow = oneRow;
        this.outputs =
                new LinkedHashSet<>(schema.heads().stream().map(Head::output).toList());
    }

    /** Loads a model and refuses it if its inputs or outputs are not those of the schema. */
    public static OnnxRuntimeEngine load(byte[] model, FeatureSchema schema) throws EngineRefusedException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession session = open(environment, model);
        try {
            boolean[] oneRow =
                    new OnnxSignature(schema, ports(session.getInputInfo()), ports(session.getOutputInfo())).check();
            return new OnnxRuntimeEngine(schema, environment, session, oneRow);
        } catch (EngineRefusedException e) {
            close(session);
            throw e;
        } catch (OrtException e) {
            close(session);
            throw new EngineRefusedException("the model cannot be described: " + e.getMessage(), e);
        }
    }

    private static List<OnnxPort> ports(Map<String, NodeInfo> nodes) {
        List<OnnxPort> ports = new ArrayList<>();
        nodes.forEach((name, node) -> ports.add(
                node.getInfo() instanceof TensorInfo tensor
                        ? new OnnxPort(name, tensor.type.name(), tensor.getShape())
                        : new OnnxPort(name, "no tensor", new long[0])));
        return ports;
    }

    private static OrtSession open(OrtEnvironment environment, byte[] model) throws EngineRefusedException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            return environment.createSession(model, options);
        } catch (OrtException e) {
            throw new EngineRefusedException("ONNX Runtime cannot load the model: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return "ONNX Runtime " + environment.getVersion();
    }

    @Override
    public FeatureBlocks blocks(int capacity) {
        return new FeatureBlocks(schema, padded(capacity), oneRow, memory);
    }

    private static int padded(int rows) {
        return (rows + ROW_STEP - 1) / ROW_STEP * ROW_STEP;
    }

    @Override
    public void run(FeatureBlocks blocks, int rows, float[][] heads, int at) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        if (rows == 0) {
            return;
        }
        blocks.clear(rows, padded(rows));
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (int i = 0; i < blocks.size(); i++) {
                inputs.put(schema.blocks().get(i).name(), input(blocks, i, padded(rows)));
            }
            try (OrtSession.Result result = session.run(inputs, outputs)) {
                readHeads(result, rows, heads, at);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed on inputs that fit the model: " + e.getMessage(), e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor input(FeatureBlocks blocks, int block, int rows) throws OrtException {
        long[] shape = {blocks.oneRow(block) ? 1 : rows, blocks.width(block)};
        ByteBuffer values = blocks.buffer(block, rows);
        return switch (blocks.dtype(block)) {
            case FLOAT32 -> OnnxTensor.createTensor(environment, values.asFloatBuffer(), shape);
            case INT64 -> OnnxTensor.createTensor(environment, values.asLongBuffer(), shape);
        };
    }

    private void readHeads(OrtSession.Result result, int rows, float[][] into, int at) {
        List<Head> heads = schema.heads();
        for (int h = 0; h < heads.size(); h++) {
            String output = heads.get(h).output();
            if (result.get(output).orElseThrow() instanceof OnnxTensor tensor) {
                FloatBuffer values = tensor.getFloatBuffer();
                int width = heads.get(h).width();
                values.get(into[h], at * width, rows * width);
                NonFiniteOutputException.requireFinite(output, into[h], at, rows, width);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        close(session);
        memory.close();
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session could not be closed", e);
        }
    }
}
