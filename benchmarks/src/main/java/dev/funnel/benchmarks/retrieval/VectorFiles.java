package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.FloatMatrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Reads the vector files that nearest-neighbour benchmarks are published in (TEXMEX, Jégou et al. 2011): per row a little-endian
 * int32, its length, then so many float32 ({@code fvecs}) or int32 ({@code ivecs}).
 */
public final class VectorFiles {

    private static final int MOST_COLUMNS = 65_536;

    private VectorFiles() {}

    /**
     * The rows of an {@code fvecs} file.
     *
     * @throws IOException naming the file, the row and the rule that it breaks
     */
    public static FloatMatrix floats(Path file) throws IOException {
        Shape shape = Shape.of(file);
        float[] flat = new float[Math.multiplyExact(shape.rows, shape.columns)];
        try (FileChannel channel = FileChannel.open(file)) {
            for (int row = 0; row < shape.rows; row++) {
                shape.row(channel, row).asFloatBuffer().get(flat, row * shape.columns, shape.columns);
            }
        }
        for (int i = 0; i < flat.length; i++) {
            if (!Float.isFinite(flat[i])) {
                throw new IOException("%s: value %d of row %d is %s, must be finite"
                        .formatted(file, i % shape.columns, i / shape.columns, flat[i]));
            }
        }
        return FloatMatrix.of(flat, shape.rows, shape.columns);
    }

    /**
     * The rows of an {@code ivecs} file.
     *
     * @throws IOException naming the file, the row and the rule that it breaks
     */
    public static int[][] ints(Path file) throws IOException {
        Shape shape = Shape.of(file);
        int[][] rows = new int[shape.rows][shape.columns];
        try (FileChannel channel = FileChannel.open(file)) {
            for (int row = 0; row < shape.rows; row++) {
                shape.row(channel, row).asIntBuffer().get(rows[row]);
            }
        }
        return rows;
    }

    /** Rows of one length, as the file's size and its first row say. */
    private record Shape(Path file, int rows, int columns) {

        static Shape of(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file)) {
                long bytes = channel.size();
                if (bytes < Integer.BYTES) {
                    throw new IOException(file + " has " + bytes + " bytes, not even the length of a row");
                }
                int columns = read(channel, 0, Integer.BYTES, file).getInt();
                if (columns < 1 || columns > MOST_COLUMNS) {
                    throw new IOException(
                            "%s: row 0 is said to be %d long, must be 1 to %d".formatted(file, columns, MOST_COLUMNS));
                }
                long rowBytes = Integer.BYTES * (1L + columns);
                if (bytes % rowBytes != 0) {
                    throw new IOException("%s has %d bytes, not a multiple of the %d of a row of length %d"
                            .formatted(file, bytes, rowBytes, columns));
                }
                return new Shape(file, Math.toIntExact(bytes / rowBytes), columns);
            }
        }

        ByteBuffer row(FileChannel channel, int row) throws IOException {
            int rowBytes = Integer.BYTES * (1 + columns);
            ByteBuffer buffer = read(channel, (long) row * rowBytes, rowBytes, file);
            int length = buffer.getInt();
            if (length != columns) {
                throw new IOException("%s: row %d is %d long, row 0 is %d".formatted(file, row, length, columns));
            }
            return buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
        }

        private static ByteBuffer read(FileChannel channel, long at, int bytes, Path file) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, at + buffer.position()) < 0) {
                    throw new IOException(file + " ends within the row at byte " + at);
                }
            }
            return buffer.flip();
        }
    }
}
