package dev.funnel.trainer.train;

import dev.funnel.retrieval.TopK;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Things by score. */
final class Ordering {

    private Ordering() {}

    /** All items, highest score first, equal scores by item index. */
    static int[] best(int[] items, float[] scores) {
        TopK top = new TopK(items.length);
        for (int i = 0; i < items.length; i++) {
            top.offer(items[i], scores[i]);
        }
        return top.drain(0, true).items();
    }

    /** The numbers 0 to {@code size} - 1, lowest score first, equal scores in order. */
    static int[] ascending(int size, IntToDoubleFunction score) {
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble(score::applyAsDouble))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
