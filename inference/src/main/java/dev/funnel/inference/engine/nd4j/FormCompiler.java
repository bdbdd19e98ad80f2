package dev.funnel.inference.engine.nd4j;

import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compiles what joins, cuts, folds and reshapes values. */
record FormCompiler(Scope scope) {
    /** Several side by side. */
    Step.Plan concat(OnnxNode node) throws EngineRefusedException {
        List<Shaped> parts = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            parts.add(scope.input(node, i));
        }
        Shaped first = parts.getFirst();
        int axis = Scope.axis(node, node.integer("axis", 0), first.rank()) - 1;
        int[] lengths = first.dimensions().clone();
        lengths[axis] = parts.stream().mapToInt(part -> part.dimensions()[axis]).sum();
        for (Shaped part : parts) {
            int[] like = part.dimensions().clone();
            like[axis] = lengths[axis];
            Scope.require(
                    node,
                    Arrays.equals(like, lengths)
                            && part.slot().perRow() == first.slot().perRow(),
                    "joins " + Scope.show(first) + " with " + Scope.show(part));
        }
        Shaped out = scope.define(node.output(), first.slot().perRow(), lengths);
        return Rows.move(Runs.concat(parts, axis, out.slot().width()), out.slot());
    }

    /** Some of the numbers along one dimension. */
    Step.Plan slice(OnnxNode node) throws EngineRefusedException {
        Shaped in = scope.input(node, 0);
        long[] starts = scope.integers(node, 1, "starts");
        long[] ends = scope.integers(node, 2, "ends");
        long[] axes = scope.integers(node, 3, "axes");
        long[] strides = scope.integers(node, 4, "steps");
        Scope.require(node, starts.length == 1 && ends.length == 1, "must cut one dimension");
        Scope.require(node, strides.length == 0 || strides[0] == 1, "must take every number");
        int axis = Scope.axis(node, axes.length == 0 ? 0 : axes[0], in.rank()) - 1;
        int length = in.dimensions()[axis];
        int from = (int) Math.clamp(starts[0] < 0 ? starts[0] + length : starts[0], 0, length);
        int to = (int) Math.clamp(ends[0] < 0 ? ends[0] + length : ends[0], 0, length);
        Scope.require(node, from < to, "takes nothing");
        int[] lengths = in.dimensions().clone();
        lengths[axis] = to - from;
        Shaped out = scope.define(node.output(), in.slot().perRow(), lengths);
        return Rows.move(Runs.slice(in, axis, from, to), out.slot());
    }

    /** Sums, or means. */
    Step.Plan fold(OnnxNode node, boolean mean) throws EngineRefusedException {
        Shaped in = scope.input(node, 0);
        long[] axes = scope.integers(node, 1, "axes");
        Scope.require(node, axes.length > 0, "must name its axes");
        boolean[] folded = new boolean[in.dimensions().length];
        int count = 1;
        for (long each : axes) {
            int axis = Scope.axis(node, each, in.rank()) - 1;
            folded[axis] = true;
            count *= in.dimensions()[axis];
        }
        boolean keep = node.integer("keepdims", 1) != 0;
        Shaped out = scope.define(node.output(), in.slot().perRow(), Broadcast.folded(in.dimensions(), folded, keep));
        return Rows.fold(in.slot(), Broadcast.sums(in.dimensions(), folded), mean ? 1f / count : 1, out.slot());
    }

    /** The same numbers in another form. */
    Shaped reshaped(OnnxNode node) throws EngineRefusedException {
        Shaped in = scope.input(node, 0);
        int[] lengths = switch (node.operator()) {
            case "Reshape" -> Reshapes.reshape(in, scope.integers(node, 1, "shape"));
            case "Flatten" ->
                node.integer("axis", 1) == 1 ? new int[] {in.slot().width()} : null;
            case "Squeeze" -> Reshapes.squeeze(in, scope.integers(node, 1, "axes"));
            default -> Reshapes.unsqueeze(in, scope.integers(node, 1, "axes"));
        };
        if (lengths == null) {
            throw Scope.refusal(
                    node, "gives " + Scope.show(in) + " a form in which dimension 0 does not count candidates");
        }
        return in.as(lengths);
    }
}
