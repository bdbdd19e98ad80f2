package dev.funnel.inference.engine.nd4j;

import java.util.ArrayList;
import java.util.List;

/** Which runs of numbers joining or cutting along a dimension moves. */
final class Runs {
    private Runs() {}

    /** Parts side by side along {@code axis} of a row. */
    static List<Rows.Run> concat(List<Shaped> parts, int axis, int width) {
        List<Rows.Run> runs = new ArrayList<>();
        int to = 0;
        int outer = outer(parts.getFirst(), axis);
        for (int i = 0; i < outer; i++) {
            for (Shaped part : parts) {
                int length = part.slot().width() / outer;
                runs.add(new Rows.Run(part.slot(), i * length, to, length));
                to += length;
            }
        }
        if (to != width) {
            throw new IllegalStateException(to + " of " + width + " numbers");
        }
        return runs;
    }

    /** Places {@code from} to {@code to} along {@code axis} of a row. */
    static List<Rows.Run> slice(Shaped in, int axis, int from, int to) {
        List<Rows.Run> runs = new ArrayList<>();
        int outer = outer(in, axis);
        int whole = in.slot().width() / outer;
        int inner = whole / in.dimensions()[axis];
        int length = (to - from) * inner;
        for (int i = 0; i < outer; i++) {
            runs.add(new Rows.Run(in.slot(), i * whole + from * inner, i * length, length));
        }
        return runs;
    }

    private static int outer(Shaped value, int axis) {
        int outer = 1;
        for (int d = 0; d < axis; d++) {
            outer *= value.dimensions()[d];
        }
        return outer;
    }
}
