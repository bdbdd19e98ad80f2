package dev.funnel.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Strings on their way into a file: each as UTF-8, and their order by unsigned bytes. The writing side of {@link StringVector}. */
final class EncodedStrings {
    private final byte[][] strings;

    private EncodedStrings(byte[][] strings) {
        this.strings = strings;
    }

    static EncodedStrings of(String[] values) {
        return new EncodedStrings(Arrays.stream(values)
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    /** The positions of the strings, in ascending order of the strings. */
    int[] order() {
        return IntStream.range(0, strings.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> strings[i], Arrays::compareUnsigned))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The strings at {@code positions}. */
    EncodedStrings select(int[] positions) {
        return new EncodedStrings(
                Arrays.stream(positions).mapToObj(i -> strings[i]).toArray(byte[][]::new));
    }

    boolean same(int left, int right) {
        return Arrays.equals(strings[left], strings[right]);
    }

    /** Adds {@code <prefix>.bytes} and {@code <prefix>.offsets}. */
    void addTo(TensorFileWriter file, String prefix) {
        long[] offsets = new long[strings.length + 1];
        for (int i = 0; i < strings.length; i++) {
            offsets[i + 1] = offsets[i] + strings[i].length;
        }
        byte[] bytes = new byte[Math.toIntExact(offsets[strings.length])];
        for (int i = 0; i < strings.length; i++) {
            System.arraycopy(strings[i], 0, bytes, (int) offsets[i], strings[i].length);
        }
        file.add(prefix + ".bytes", bytes).add(prefix + ".offsets", offsets);
    }
}
