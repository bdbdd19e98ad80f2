package dev.funnel.inference.engine.nd4j;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The forms that a value can be given without moving its numbers; each is null if dimension 0 would no longer count candidates. */
final class Reshapes {
    private Reshapes() {}

    /** ONNX's Reshape: -1 is what is left, 0 is what was there. */
    static int @Nullable [] reshape(Shaped in, long[] shape) {
        if (shape.length == 0 || shape[0] > 1 || shape[0] == 1 && in.slot().perRow()) {
            return null;
        }
        int[] lengths = new int[shape.length - 1];
        int open = -1;
        int known = 1;
        for (int d = 0; d < lengths.length; d++) {
            long length = shape[d + 1] == 0 && d < in.dimensions().length ? in.dimensions()[d] : shape[d + 1];
            if (length == -1 && open < 0 && shape[0] != -1) {
                open = d;
            } else if (length < 1 || length > in.slot().width()) {
                return null;
            } else {
                lengths[d] = (int) length;
                known *= lengths[d];
            }
        }
        if (open >= 0) {
            lengths[open] = in.slot().width() / known;
        }
        return Shaped.product(lengths) == in.slot().width() ? lengths : null;
    }

    /** Dimensions of length 1 left out. */
    static int @Nullable [] squeeze(Shaped in, long[] axes) {
        boolean[] left = new boolean[in.rank()];
        for (long axis : axes) {
            int at = (int) (axis < 0 ? axis + in.rank() : axis);
            if (at <= 0 || at >= in.rank() || in.dimensions()[at - 1] != 1) {
                return null;
            }
            left[at] = true;
        }
        return axes.length == 0
                ? null
                : IntStream.range(0, in.dimensions().length)
                        .filter(d -> !left[d + 1])
                        .map(d -> in.dimensions()[d])
                        .toArray();
    }

    /** Dimensions of length 1 put in. */
    static int @Nullable [] unsqueeze(Shaped in, long[] axes) {
        int rank = in.rank() + axes.length;
        int[] lengths = new int[rank - 1];
        for (long axis : axes) {
            int at = (int) (axis < 0 ? axis + rank : axis);
            if (at <= 0 || at >= rank || lengths[at - 1] == 1) {
                return null;
            }
            lengths[at - 1] = 1;
        }
        int next = 0;
        for (int d = 0; d < lengths.length; d++) {
            lengths[d] = lengths[d] == 1 ? 1 : in.dimensions()[next++];
        }
        return axes.length == 0 ? null : Arrays.copyOf(lengths, lengths.length);
    }
}
