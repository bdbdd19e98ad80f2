package dev.funnel.inference.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/**
 * An input or output of a model.
 *
 * @param type element type as ONNX names it, e.g. "FLOAT"; "no tensor" if it is none
 * @param shape length of each dimension, -1 where any will do
 */
public record OnnxPort(String name, String type, long[] shape) {
    /** The length of a dimension that a model leaves open. */
    public static final long ANY = -1;

    static OnnxPort of(ValueInfoProto value) {
        TypeProto.Tensor tensor = value.getType().getTensorType();
        TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getElemType());
        String name = value.getType().hasTensorType() && type != null ? type.name() : "no tensor";
        long[] shape = tensor.getShape().getDimList().stream()
                .mapToLong(OnnxPort::length)
                .toArray();
        return new OnnxPort(value.getName(), name, shape);
    }

    private static long length(TensorShapeProto.Dimension dimension) {
        return dimension.hasDimValue() && dimension.getDimValue() >= 0 ? dimension.getDimValue() : ANY;
    }
}
