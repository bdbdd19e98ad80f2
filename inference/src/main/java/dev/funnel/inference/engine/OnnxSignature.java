package dev.funnel.inference.engine;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.BlockType;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.inference.onnx.OnnxPort;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what a model takes and gives with what a schema declares. */
public final class OnnxSignature {
    private final FeatureSchema schema;
    private final List<OnnxPort> inputs;
    private final List<OnnxPort> outputs;

    /** What a schema declares and what a model takes and gives. */
    public OnnxSignature(FeatureSchema schema, List<OnnxPort> inputs, List<OnnxPort> outputs) {
        this.schema = schema;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** Refuses a model that does not fit; says per block whether the model takes one row whatever the number of candidates. */
    public boolean[] check() throws EngineRefusedException {
        boolean[] oneRow = checkInputs();
        for (Head head : schema.heads()) {
            checkOutput(head, allTrue(oneRow));
        }
        return oneRow;
    }

    /** The same without a look at the shapes of what the model gives. */
    public boolean[] checkInputs() throws EngineRefusedException {
        boolean[] oneRow = new boolean[schema.blocks().size()];
        for (int i = 0; i < oneRow.length; i++) {
            oneRow[i] = takesOneRow(schema.blocks().get(i));
        }
        for (OnnxPort input : inputs) {
            if (schema.blocks().stream().noneMatch(block -> block.name().equals(input.name()))) {
                throw refusal("the model's input \"" + input.name() + "\" is no block of the schema");
            }
        }
        return oneRow;
    }

    private static boolean allTrue(boolean[] values) {
        boolean all = true;
        for (boolean value : values) {
            all &= value;
        }
        return all;
    }

    private boolean takesOneRow(Block block) throws EngineRefusedException {
        String type = block.dtype() == BlockType.INT64 ? "INT64" : "FLOAT";
        long[] shape = shape(named(inputs, block.name()), "input \"" + block.name() + "\"", type);
        boolean oneRow = shape.length == 2 && shape[0] == 1;
        boolean fits = shape.length == 2 && shape[1] == schema.width(block) && (shape[0] == OnnxPort.ANY || oneRow);
        if (!fits || oneRow && !block.source().oncePerRequest()) {
            throw refusal("input \"%s\" has shape %s, the schema's block has source %s and width %d"
                    .formatted(block.name(), show(shape), block.source(), schema.width(block)));
        }
        return oneRow;
    }

    /** @param oneRow all that the model takes is one row, and so may be what it gives */
    private void checkOutput(Head head, boolean oneRow) throws EngineRefusedException {
        long[] shape = shape(named(outputs, head.output()), "output \"" + head.output() + "\"", "FLOAT");
        boolean rows = shape.length > 0 && (shape[0] == OnnxPort.ANY || oneRow && shape[0] == 1);
        boolean matrix = rows && shape.length == 2 && shape[1] == head.width();
        boolean vector = rows && shape.length == 1 && head.width() == 1;
        if (!matrix && !vector) {
            throw refusal("output \"%s\" of head \"%s\" has shape %s, it must be [N, %d]"
                    .formatted(head.output(), head.name(), show(shape), head.width()));
        }
    }

    private static @Nullable OnnxPort named(List<OnnxPort> ports, String name) {
        return ports.stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private long[] shape(@Nullable OnnxPort port, String what, String type) throws EngineRefusedException {
        if (port == null) {
            throw refusal("the model has no " + what);
        }
        if (!port.type().equals(type)) {
            throw refusal(what + " is of type " + port.type() + ", it must be " + type);
        }
        return port.shape();
    }

    private EngineRefusedException refusal(String reason) {
        return new EngineRefusedException("%s; the schema wants %s and gives %s; the model takes %s and gives %s"
                .formatted(
                        reason,
                        wanted(),
                        schema.heads().stream().map(Head::output).toList(),
                        found(inputs),
                        found(outputs)));
    }

    private Map<String, String> wanted() {
        Map<String, String> shapes = new TreeMap<>();
        schema.blocks().forEach(block -> shapes.put(block.name(), block.dtype() + " [N, " + schema.width(block) + "]"));
        return shapes;
    }

    private static Map<String, String> found(List<OnnxPort> ports) {
        Map<String, String> shapes = new TreeMap<>();
        ports.forEach(port -> shapes.put(port.name(), port.type() + " " + show(port.shape())));
        return shapes;
    }

    private static String show(long[] shape) {
        return Arrays.toString(shape).replace("-1", "N");
    }
}
