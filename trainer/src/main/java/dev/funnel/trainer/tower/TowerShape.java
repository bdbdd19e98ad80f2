package dev.funnel.trainer.tower;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The dense layers of a tower.
 *
 * @param hidden widths of the layers before the last, each rectified; may be none
 * @param dimensions of its vectors, the width of the last layer
 * @param rectified whether the last layer is rectified too
 * @param normalised whether its vectors have length 1
 */
public record TowerShape(List<Integer> hidden, int dimensions, boolean rectified, boolean normalised) {
    private static final int MOST = 4_096;

    public TowerShape {
        hidden = List.copyOf(hidden);
        for (int width : IntStream.concat(
                        IntStream.of(dimensions), hidden.stream().mapToInt(i -> i))
                .toArray()) {
            if (width < 1 || width > MOST) {
                throw new IllegalArgumentException("the width of a layer is " + width + ", must be 1 to " + MOST);
            }
        }
    }

    /**
     * The tower of Covington et al. (2016), table 1: {@code depth} rectified layers, each half as wide as the one before, the last
     * as wide as the vectors; depth 0 is one linear layer.
     */
    public static TowerShape halving(int depth, int dimensions) {
        List<Integer> hidden = IntStream.range(1, depth)
                .mapToObj(layer -> dimensions << (depth - layer))
                .toList();
        return new TowerShape(hidden, dimensions, depth > 0, false);
    }

    /** Widths of all layers. */
    List<Integer> widths() {
        List<Integer> widths = new ArrayList<>(hidden);
        widths.add(dimensions);
        return widths;
    }
}
