package dev.funnel.ranking.grpc;

import dev.funnel.bundle.schema.BlockType;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.proto.inference.ModelInferRequest;
import dev.funnel.proto.inference.ModelInferRequest.InferInputTensor;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.wire.Bounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A request to run a bundle's network, validated.
 *
 * @param rows how many candidates it has, 1 to 10,000
 * @param inputs one tensor a block of the schema, in that order
 * @param outputs which outputs are wanted, by index of the head
 * @param raw whether elements came, and are to go, as bytes
 */
record InferCall(int rows, List<InputTensor> inputs, int[] outputs, boolean raw) {
    /** @throws CallerError naming the tensor, what was sent and what the model takes */
    static InferCall of(ModelInferRequest wire, FeatureSchema schema, List<TensorForm> forms) {
        boolean raw = wire.getRawInputContentsCount() > 0;
        if (raw && wire.getRawInputContentsCount() != wire.getInputsCount()) {
            throw new CallerError(
                    "raw_input_contents",
                    wire.getRawInputContentsCount() + " entries",
                    "must be as many as the inputs: " + wire.getInputsCount());
        }
        int[] places = places(wire.getInputsList(), forms);
        int rows = 1;
        for (int i = 0; i < places.length; i++) {
            rows = Math.max(rows, checkedRows(wire.getInputs(places[i]), places[i], forms.get(i)));
        }
        List<InputTensor> inputs = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            requireRows(wire.getInputs(places[i]), places[i], forms.get(i), rows);
            BlockType type = schema.blocks().get(i).dtype();
            inputs.add(input(wire, raw, places[i], type, forms.get(i), rows));
        }
        return new InferCall(rows, inputs, outputs(wire, schema), raw);
    }

    /** Copies rows {@code from} to {@code to} of all tensors to the first rows of the blocks. */
    void copyTo(FeatureBlocks blocks, int from, int to) {
        for (int block = 0; block < inputs.size(); block++) {
            inputs.get(block).copyTo(blocks, block, from, to);
        }
    }

    /** Where in the request each tensor stands that the model takes. */
    private static int[] places(List<InferInputTensor> inputs, List<TensorForm> forms) {
        List<String> names = TensorForm.names(forms);
        int[] places = new int[forms.size()];
        Arrays.fill(places, -1);
        for (int i = 0; i < inputs.size(); i++) {
            int form = names.indexOf(inputs.get(i).getName());
            if (form < 0 || places[form] >= 0) {
                throw new CallerError(
                        "inputs[" + i + "].name",
                        inputs.get(i).getName(),
                        form < 0 ? "must be one of the model's inputs " + forms : "must stand only once");
            }
            places[form] = i;
        }
        for (int form = 0; form < places.length; form++) {
            if (places[form] < 0) {
                throw new CallerError("inputs", inputs, "must hold the model's input " + forms.get(form));
            }
        }
        return places;
    }

    private static int checkedRows(InferInputTensor input, int place, TensorForm form) {
        String field = "inputs[" + place + "]";
        if (!input.getDatatype().equals(form.datatype())) {
            throw new CallerError(
                    field + ".datatype", input.getDatatype(), "must be that of the model's input " + form);
        }
        List<Long> shape = input.getShapeList();
        boolean fits = shape.size() == 2
                && shape.get(1) == form.width()
                && (form.rows() == TensorForm.ANY || shape.get(0) == form.rows());
        if (!fits) {
            throw new CallerError(field + ".shape", shape.toString(), "must be that of the model's input " + form);
        }
        if (shape.get(0) < 1 || shape.get(0) > Bounds.CANDIDATES) {
            throw new CallerError(field + ".shape[0]", shape.get(0), "must be 1 to " + Bounds.CANDIDATES + " rows");
        }
        return Math.toIntExact(shape.get(0));
    }

    private static void requireRows(InferInputTensor input, int place, TensorForm form, int rows) {
        if (form.rows() == TensorForm.ANY && input.getShape(0) != rows) {
            throw new CallerError(
                    "inputs[" + place + "].shape",
                    input.getShapeList().toString(),
                    "must have as many rows as the other inputs: " + rows);
        }
    }

    private static InputTensor input(
            ModelInferRequest wire, boolean raw, int place, BlockType type, TensorForm form, int rows) {
        int own = form.rows() == TensorForm.ANY ? rows : 1;
        InferInputTensor input = wire.getInputs(place);
        if (!raw) {
            return InputTensor.ofContents(
                    "inputs[" + place + "].contents", input.getContents(), type, own, form.width());
        }
        if (input.hasContents()) {
            throw new CallerError(
                    "inputs[" + place + "].contents", "present", "must be absent where raw_input_contents is used");
        }
        return InputTensor.ofRaw(
                "raw_input_contents[" + place + "]", wire.getRawInputContents(place), type, own, form.width());
    }

    private static int[] outputs(ModelInferRequest wire, FeatureSchema schema) {
        List<String> names = TensorForm.names(TensorForm.outputs(schema));
        if (wire.getOutputsCount() == 0) {
            return IntStream.range(0, names.size()).toArray();
        }
        Bounds.atMost("outputs", wire.getOutputsList(), names.size());
        int[] outputs = new int[wire.getOutputsCount()];
        for (int i = 0; i < outputs.length; i++) {
            String name = wire.getOutputs(i).getName();
            outputs[i] = names.indexOf(name);
            if (outputs[i] < 0) {
                throw new CallerError("outputs[" + i + "].name", name, "must be one of the model's outputs " + names);
            }
        }
        return outputs;
    }
}
