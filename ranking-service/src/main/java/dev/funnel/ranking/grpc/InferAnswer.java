package dev.funnel.ranking.grpc;

import com.google.protobuf.ByteString;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.proto.inference.InferTensorContents;
import dev.funnel.proto.inference.ModelInferRequest;
import dev.funnel.proto.inference.ModelInferResponse;
import dev.funnel.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.FloatColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes what a network gave as the Open Inference Protocol says it: elements in the form in which the request's came. */
final class InferAnswer {
    private InferAnswer() {}

    static ModelInferResponse of(
            ModelInferRequest request, InferCall call, FeatureSchema schema, float[][] heads, BundleRef bundle) {
        List<TensorForm> forms = TensorForm.outputs(schema);
        ModelInferResponse.Builder wire = ModelInferResponse.newBuilder()
                .setModelName(bundle.name())
                .setModelVersion(bundle.version())
                .setId(request.getId());
        for (int output : call.outputs()) {
            TensorForm form = forms.get(output);
            InferOutputTensor.Builder tensor = InferOutputTensor.newBuilder()
                    .setName(form.name())
                    .setDatatype(form.datatype())
                    .addShape(call.rows())
                    .addShape(form.width());
            if (call.raw()) {
                wire.addRawOutputContents(bytes(heads[output]));
            } else {
                tensor.setContents(InferTensorContents.newBuilder().addAllFp32Contents(FloatColumn.of(heads[output])));
            }
            wire.addOutputs(tensor);
        }
        return wire.build();
    }

    private static ByteString bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return ByteString.copyFrom(bytes);
    }
}
