package dev.funnel.bundle;

import static dev.funnel.bundle.BundleRefusedException.quote;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file, mapped into memory. What it hands out are views of the mapping: nothing is copied, and nothing may be read
 * after its arena is closed.
 *
 * <p>Asking for a tensor that is missing, or of another type or shape than the reader needs, is an error of the file and refuses
 * it, naming file and tensor. Opening checks the header ({@link TensorHeader}); it does not look at values. A bundle's files are
 * verified as a whole by {@link Bundle#open}.
 */
public final class TensorFile implements AutoCloseable {
    private final String name;
    private final MemorySegment bytes;
    private final TensorHeader header;
    private final Map<String, TensorHeader.Located> tensors;
    private final @Nullable Arena owned;

    private TensorFile(String name, MemorySegment bytes, TensorHeader header, @Nullable Arena owned) {
        this.name = name;
        this.bytes = bytes;
        this.header = header;
        this.tensors = new LinkedHashMap<>();
        header.tensors().forEach(tensor -> tensors.put(tensor.spec().name(), tensor));
        this.owned = owned;
    }

    /** Opens {@code path}; the mapping lives until {@link #close}. */
    public static TensorFile open(Path path) throws BundleRefusedException {
        Arena arena = Arena.ofShared();
        try {
            String name = nameOf(path);
            MemorySegment bytes = map(path, name, arena);
            return new TensorFile(name, bytes, TensorHeader.read(name, bytes), arena);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /** Opens {@code path}; the mapping lives as long as {@code arena}, and {@link #close} does nothing. */
    public static TensorFile open(Path path, Arena arena) throws BundleRefusedException {
        return of(nameOf(path), map(path, nameOf(path), arena));
    }

    /** The file {@code name} whose bytes are {@code bytes}. */
    static TensorFile of(String name, MemorySegment bytes) throws BundleRefusedException {
        return new TensorFile(name, bytes, TensorHeader.read(name, bytes), null);
    }

    /** Maps {@code path}, which must not be a symbolic link, for reading. */
    static MemorySegment map(Path path, String name, Arena arena) throws BundleRefusedException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException e) {
            throw new BundleRefusedException(name, "cannot be read: " + e, e);
        }
    }

    private static String nameOf(Path path) {
        return Objects.requireNonNull(path.getFileName(), "a file has a name").toString();
    }

    /** Its name in messages: the path relative to the bundle directory. */
    public String name() {
        return name;
    }

    /** The free texts of the header, by key. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** The tensors in file order. */
    public List<TensorSpec> tensors() {
        return header.tensors().stream().map(TensorHeader.Located::spec).toList();
    }

    /** Whether there is a tensor {@code tensor}. */
    public boolean has(String tensor) {
        return tensors.containsKey(tensor);
    }

    /** The matrix {@code tensor}, or vector as a matrix of one column; at most 2^31 - 1 rows and columns. */
    public FloatMatrix floats(String tensor) throws BundleRefusedException {
        TensorSpec spec = spec(tensor, DType.F32);
        if (spec.shape().isEmpty()
                || spec.shape().size() > 2
                || spec.shape().stream().anyMatch(d -> d > Integer.MAX_VALUE)) {
            throw refused(tensor, "has shape " + spec.shape() + ", a vector or a matrix is needed");
        }
        int columns =
                spec.shape().size() == 1 ? 1 : Math.toIntExact(spec.shape().get(1));
        return new FloatMatrix(values(tensor), Math.toIntExact(spec.shape().get(0)), columns);
    }

    /** The matrix {@code tensor}, which must be {@code rows} x {@code columns}. */
    public FloatMatrix floats(String tensor, int rows, int columns) throws BundleRefusedException {
        FloatMatrix matrix = floats(tensor);
        if (matrix.rows() != rows || matrix.columns() != columns) {
            throw refused(
                    tensor,
                    "is " + matrix.rows() + " x " + matrix.columns() + ", " + rows + " x " + columns + " is needed");
        }
        return matrix;
    }

    /** The vector {@code tensor} of I32. */
    public IntVector ints(String tensor) throws BundleRefusedException {
        return new IntVector(vector(tensor, DType.I32));
    }

    /** The vector {@code tensor} of I32, which must have {@code size} values. */
    public IntVector ints(String tensor, long size) throws BundleRefusedException {
        return new IntVector(sized(tensor, DType.I32, size));
    }

    /** The vector {@code tensor} of I64. */
    public LongVector longs(String tensor) throws BundleRefusedException {
        return new LongVector(vector(tensor, DType.I64));
    }

    /** The vector {@code tensor} of I64, which must have {@code size} values. */
    public LongVector longs(String tensor, long size) throws BundleRefusedException {
        return new LongVector(sized(tensor, DType.I64, size));
    }

    /** The vector {@code tensor} of U8. */
    public ByteVector bytes(String tensor) throws BundleRefusedException {
        return new ByteVector(vector(tensor, DType.U8));
    }

    /** The vector {@code tensor} of U8, which must have {@code size} values. */
    public ByteVector bytes(String tensor, long size) throws BundleRefusedException {
        return new ByteVector(sized(tensor, DType.U8, size));
    }

    /** The vector {@code tensor} of I32, every value of which must be at least {@code low} and less than {@code limit}. */
    public IntVector indexes(String tensor, int low, int limit) throws BundleRefusedException {
        IntVector values = ints(tensor);
        for (long i = 0; i < values.size(); i++) {
            int value = values.get(i);
            if (value < low || value >= limit) {
                throw refused(tensor, "holds " + value + " at " + i + ", allowed are " + low + " to " + (limit - 1));
            }
        }
        return values;
    }

    /**
     * The vector {@code tensor} of I64 that cuts {@code total} values into rows: row r is from value {@code [r]} to {@code [r+1]}. It must
     * start at 0, never fall, and end at {@code total}.
     */
    public LongVector offsets(String tensor, long total) throws BundleRefusedException {
        LongVector offsets = longs(tensor);
        if (offsets.size() < 1 || offsets.get(0) != 0) {
            throw refused(tensor, "does not start at 0");
        }
        for (long i = 1; i < offsets.size(); i++) {
            if (offsets.get(i) < offsets.get(i - 1)) {
                throw refused(tensor, "falls from " + offsets.get(i - 1) + " to " + offsets.get(i) + " at " + i);
            }
        }
        if (offsets.get(offsets.size() - 1) != total) {
            throw refused(tensor, "ends at " + offsets.get(offsets.size() - 1) + ", there are " + total + " values");
        }
        return offsets;
    }

    /** {@link #offsets(String, long)} of exactly {@code rows} rows. */
    public LongVector offsets(String tensor, long rows, long total) throws BundleRefusedException {
        longs(tensor, rows + 1);
        return offsets(tensor, total);
    }

    /** A refusal of this file because of {@code tensor}, for readers that check more. */
    public BundleRefusedException refused(String tensor, String reason) {
        return new BundleRefusedException(name, "tensor " + quote(tensor) + " " + reason);
    }

    /** Unmaps the file if this object opened it in its own arena. */
    @Override
    public void close() {
        if (owned != null && owned.scope().isAlive()) {
            owned.close();
        }
    }

    TensorHeader header() {
        return header;
    }

    private MemorySegment sized(String tensor, DType type, long size) throws BundleRefusedException {
        MemorySegment values = vector(tensor, type);
        long actual = values.byteSize() / type.bytes();
        if (actual != size) {
            throw refused(tensor, "has " + actual + " values, " + size + " are needed");
        }
        return values;
    }

    private MemorySegment vector(String tensor, DType type) throws BundleRefusedException {
        TensorSpec spec = spec(tensor, type);
        if (spec.shape().size() != 1) {
            throw refused(tensor, "has shape " + spec.shape() + ", a vector is needed");
        }
        return values(tensor);
    }

    private TensorSpec spec(String tensor, DType type) throws BundleRefusedException {
        TensorHeader.Located located = tensors.get(tensor);
        if (located == null) {
            throw refused(tensor, "is missing");
        }
        if (located.spec().dtype() != type) {
            throw refused(tensor, "is " + located.spec().dtype() + ", " + type + " is needed");
        }
        return located.spec();
    }

    private MemorySegment values(String tensor) {
        TensorHeader.Located located = Objects.requireNonNull(tensors.get(tensor));
        return bytes.asSlice(located.start(), located.spec().bytes());
    }
}
