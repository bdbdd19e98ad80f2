package dev.funnel.trainer.tower;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Numbers drawn without putting back. */
final class Drawing {
    private Drawing() {}

    /** At most {@code most} of the numbers from {@code from} to {@code end}, in an order drawn at random. */
    static int[] some(int from, int end, int most, SplittableRandom random) {
        int[] numbers = new int[end - from];
        Arrays.setAll(numbers, i -> from + i);
        int size = Math.min(most, numbers.length);
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i, numbers.length);
            int number = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = number;
        }
        return Arrays.copyOf(numbers, size);
    }

    /** The numbers from 0 to {@code size}, in an order drawn at random. */
    static int[] shuffled(int size, SplittableRandom random) {
        return some(0, size, size, random);
    }
}
