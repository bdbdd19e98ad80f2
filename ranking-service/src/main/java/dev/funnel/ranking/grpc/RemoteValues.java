package dev.funnel.ranking.grpc;

import com.google.protobuf.ByteString;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.engine.NonFiniteOutputException;
import dev.funnel.proto.inference.ModelInferResponse;
import dev.funnel.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.funnel.runtime.error.NotReady;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What a remote model gave, read with distrust: every head must be there, with one finite number for each candidate.
 *
 * @param rows how many candidates were sent
 */
record RemoteValues(FeatureSchema schema, ModelInferResponse response, int rows) {
    /**
     * Copies the values.
     *
     * @param at position of the first candidate
     * @throws NotReady if the answer is not what was asked for
     * @throws NonFiniteOutputException if a value is not finite
     */
    void read(float[][] heads, int at, String target) {
        List<TensorForm> forms = TensorForm.outputs(schema);
        for (int head = 0; head < forms.size(); head++) {
            TensorForm form = forms.get(head);
            float[] values = values(form, place(form, target));
            if (values.length != rows * form.width()) {
                throw new NotReady("remote scorer " + target + ": output " + form + " has " + values.length
                        + " values for " + rows + " candidates");
            }
            requireFinite(form, values, at);
            System.arraycopy(values, 0, heads[head], at * form.width(), values.length);
        }
    }

    private int place(TensorForm form, String target) {
        for (int i = 0; i < response.getOutputsCount(); i++) {
            InferOutputTensor output = response.getOutputs(i);
            if (output.getName().equals(form.name()) && output.getDatatype().equals(form.datatype())) {
                return i;
            }
        }
        throw new NotReady("remote scorer " + target + ": there is no output " + form + " in its answer");
    }

    /** Its elements; none where the answer does not hold them. */
    private float[] values(TensorForm form, int place) {
        if (place < response.getRawOutputContentsCount()) {
            ByteString raw = response.getRawOutputContents(place);
            float[] values = new float[raw.size() / Float.BYTES];
            raw.asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return values;
        }
        List<Float> given = response.getOutputs(place).getContents().getFp32ContentsList();
        float[] values = new float[Math.min(given.size(), rows * form.width() + 1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = given.get(i);
        }
        return values;
    }

    private static void requireFinite(TensorForm form, float[] values, int at) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new NonFiniteOutputException(form.name(), at + i / form.width(), values[i]);
            }
        }
    }
}
