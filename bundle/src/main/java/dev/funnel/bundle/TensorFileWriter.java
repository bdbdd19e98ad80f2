package dev.funnel.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes one safetensors file. Tensors are laid out by falling element size and then by name, so that every one is aligned and the same
 * tensors always give the same bytes; the header is padded to 64 bytes. Arrays are kept, not copied, until {@link #write}. Floats must be
 * finite: publishing refuses others.
 */
public final class TensorFileWriter {
    private static final int ALIGNMENT_BYTES = 64;
    private static final int COPY_BYTES = 1 << 20;

    private final Path path;
    private final Map<String, String> metadata = new TreeMap<>();
    private final Map<String, Tensor> tensors = new TreeMap<>();

    private record Tensor(TensorSpec spec, MemorySegment values) {}

    /** A writer of {@code path}, which must not exist yet. */
    public TensorFileWriter(Path path) {
        this.path = path;
    }

    /** Adds a free text to the header. */
    public TensorFileWriter metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /** Adds a matrix: row r, column c is {@code flat[r * columns + c]}. */
    public TensorFileWriter add(String name, float[] flat, int rows, int columns) {
        return add(name, FloatMatrix.of(flat, rows, columns));
    }

    /** Adds a vector of floats. */
    public TensorFileWriter add(String name, float[] values) {
        return add(name, DType.F32, List.of((long) values.length), MemorySegment.ofArray(values));
    }

    /** Adds a matrix. */
    public TensorFileWriter add(String name, FloatMatrix matrix) {
        return add(name, DType.F32, List.of((long) matrix.rows(), (long) matrix.columns()), matrix.segment());
    }

    /** Adds a vector of I32. */
    public TensorFileWriter add(String name, int[] values) {
        return add(name, DType.I32, List.of((long) values.length), MemorySegment.ofArray(values));
    }

    /** Adds a vector of I64. */
    public TensorFileWriter add(String name, long[] values) {
        return add(name, DType.I64, List.of((long) values.length), MemorySegment.ofArray(values));
    }

    /** Adds a vector of U8. */
    public TensorFileWriter add(String name, byte[] values) {
        return add(name, DType.U8, List.of((long) values.length), MemorySegment.ofArray(values));
    }

    /** Adds {@code <prefix>.bytes} and {@code <prefix>.offsets}, which {@link StringVector#read} reads. */
    public TensorFileWriter addStrings(String prefix, String[] values) {
        EncodedStrings.of(values).addTo(this, prefix);
        return this;
    }

    private TensorFileWriter add(String name, DType type, List<Long> shape, MemorySegment values) {
        if (tensors.put(name, new Tensor(new TensorSpec(name, type, shape), values)) != null) {
            throw new IllegalArgumentException("tensor " + name + " was added twice");
        }
        return this;
    }

    /** Writes the file. Publishing a draft forces it to the disk. */
    public void write() throws IOException {
        List<Tensor> ordered = new ArrayList<>(tensors.values());
        ordered.sort(Comparator.comparingInt((Tensor t) -> -t.spec().dtype().bytes()));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeFully(channel, ByteBuffer.wrap(header(ordered)));
            ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BYTES);
            for (Tensor tensor : ordered) {
                writeValues(channel, tensor.values(), buffer);
            }
        }
    }

    private byte[] header(List<Tensor> ordered) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put(TensorHeader.METADATA, metadata);
        }
        long position = 0;
        for (Tensor tensor : ordered) {
            TensorSpec spec = tensor.spec();
            long end = position + spec.bytes();
            header.put(spec.name(), entry(spec, position, end));
            position = end;
        }
        return padded(json(header));
    }

    private static Map<String, Object> entry(TensorSpec spec, long start, long end) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("dtype", spec.dtype().name());
        entry.put("shape", spec.shape());
        entry.put("data_offsets", List.of(start, end));
        return entry;
    }

    private static byte[] json(Map<String, Object> header) {
        try {
            return StrictJson.MAPPER.writeValueAsBytes(header);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and numbers is JSON", e);
        }
    }

    private static byte[] padded(byte[] json) {
        int total = Math.ceilDiv(TensorHeader.LENGTH_BYTES + json.length, ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
        byte[] padded = new byte[total];
        Arrays.fill(padded, (byte) ' ');
        ByteBuffer.wrap(padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(total - TensorHeader.LENGTH_BYTES)
                .put(json);
        return padded;
    }

    private static void writeValues(FileChannel channel, MemorySegment values, ByteBuffer buffer) throws IOException {
        MemorySegment copy = MemorySegment.ofBuffer(buffer.clear());
        for (long at = 0; at < values.byteSize(); at += COPY_BYTES) {
            long bytes = Math.min(COPY_BYTES, values.byteSize() - at);
            MemorySegment.copy(values, at, copy, 0, bytes);
            writeFully(channel, buffer.clear().limit(Math.toIntExact(bytes)));
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
