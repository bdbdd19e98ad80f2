package dev.funnel.bundle;

import static dev.funnel.bundle.BundleRefusedException.quote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of contents of a safetensors file: 8 bytes of header length, a JSON object, then the values. Checked while it is
 * read: header at most 4 MiB and 10,000 tensors; known element types; {@code dtype x shape} equals the bytes occupied; the
 * tensors fill the rest of the file without overlap or gap, as the format demands; each starts at a multiple of its element size.
 *
 * @param metadata the {@code __metadata__} entry
 * @param tensors in the order of their offsets
 * @param dataStart position of the first value in the file, in bytes
 */
record TensorHeader(Map<String, String> metadata, List<Located> tensors, long dataStart) {
    static final String METADATA = "__metadata__";
    static final int LENGTH_BYTES = Long.BYTES;
    private static final long MAX_HEADER_BYTES = 4L << 20;
    private static final int MAX_TENSORS = 10_000;

    /** A tensor and the position in the file where its values start, in bytes. */
    record Located(TensorSpec spec, long start) {
        long end() {
            return start + spec.bytes();
        }
    }

    static TensorHeader read(String file, MemorySegment bytes) throws BundleRefusedException {
        long headerBytes = headerBytes(file, bytes);
        JsonNode json = json(file, bytes.asSlice(LENGTH_BYTES, headerBytes).toArray(ValueLayout.JAVA_BYTE));
        if (json.size() > MAX_TENSORS + 1) {
            throw new BundleRefusedException(file, "more than " + MAX_TENSORS + " tensors");
        }
        long dataStart = LENGTH_BYTES + headerBytes;
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Located> tensors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (entry.getKey().equals(METADATA)) {
                readMetadata(file, entry.getValue(), metadata);
            } else {
                tensors.add(tensor(file, entry.getKey(), entry.getValue(), dataStart, bytes.byteSize()));
            }
        }
        tensors.sort(Comparator.comparingLong(Located::start).thenComparingLong(Located::end));
        checkLayout(file, tensors, dataStart, bytes.byteSize());
        return new TensorHeader(Map.copyOf(metadata), List.copyOf(tensors), dataStart);
    }

    private static long headerBytes(String file, MemorySegment bytes) throws BundleRefusedException {
        if (bytes.byteSize() < LENGTH_BYTES) {
            throw new BundleRefusedException(file, "has " + bytes.byteSize() + " bytes, too few for a header length");
        }
        long length = bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
        if (length < 2 || length > MAX_HEADER_BYTES || length > bytes.byteSize() - LENGTH_BYTES) {
            throw new BundleRefusedException(
                    file,
                    "claims a header of " + Long.toUnsignedString(length) + " bytes in a file of " + bytes.byteSize()
                            + "; at most " + MAX_HEADER_BYTES + " are allowed");
        }
        return length;
    }

    private static JsonNode json(String file, byte[] header) throws BundleRefusedException {
        try {
            JsonNode json = StrictJson.MAPPER.readTree(header);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new BundleRefusedException(file, "its header is not JSON: " + StrictJson.reason(e), e);
        } catch (IOException e) {
            throw new BundleRefusedException(file, "its header is not UTF-8: " + e.getMessage(), e);
        }
        throw new BundleRefusedException(file, "its header is not a JSON object");
    }

    private static void readMetadata(String file, JsonNode json, Map<String, String> into)
            throws BundleRefusedException {
        if (!json.isObject()) {
            throw new BundleRefusedException(file, METADATA + " is not an object");
        }
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (!entry.getValue().isTextual()) {
                throw new BundleRefusedException(file, METADATA + " entry " + quote(entry.getKey()) + " is not a text");
            }
            into.put(entry.getKey(), entry.getValue().textValue());
        }
    }

    private static Located tensor(String file, String name, JsonNode json, long dataStart, long fileBytes)
            throws BundleRefusedException {
        TensorSpec spec = spec(file, name, json);
        List<Long> offsets = naturals(file, name, "data_offsets", json.path("data_offsets"));
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1) || offsets.get(1) > fileBytes - dataStart) {
            throw new BundleRefusedException(
                    file,
                    "tensor " + quote(name) + " has data_offsets " + offsets + ", outside the "
                            + (fileBytes - dataStart) + " bytes of values");
        }
        if (offsets.get(1) - offsets.get(0) != spec.bytes()) {
            throw new BundleRefusedException(
                    file,
                    "tensor " + quote(name) + " of " + spec.dtype() + " " + spec.shape() + " needs " + spec.bytes()
                            + " bytes, its data_offsets give it " + (offsets.get(1) - offsets.get(0)));
        }
        return new Located(spec, dataStart + offsets.get(0));
    }

    private static TensorSpec spec(String file, String name, JsonNode json) throws BundleRefusedException {
        String dtype = json.path("dtype").asText();
        DType type = DType.named(dtype)
                .orElseThrow(() -> new BundleRefusedException(
                        file,
                        "tensor " + quote(name) + " has dtype " + quote(dtype) + "; known are F32, I32, I64, U8"));
        List<Long> shape = naturals(file, name, "shape", json.path("shape"));
        try {
            return new TensorSpec(name, type, shape);
        } catch (IllegalArgumentException e) {
            throw new BundleRefusedException(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Long> naturals(String file, String name, String key, JsonNode json)
            throws BundleRefusedException {
        List<Long> values = new ArrayList<>();
        for (JsonNode value : json) {
            if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0) {
                values.add(value.longValue());
            } else {
                throw new BundleRefusedException(
                        file, "tensor " + quote(name) + " has " + quote(value.toString()) + " in " + key);
            }
        }
        if (!json.isArray()) {
            throw new BundleRefusedException(file, "tensor " + quote(name) + " has no list " + key);
        }
        return values;
    }

    private static void checkLayout(String file, List<Located> tensors, long dataStart, long fileBytes)
            throws BundleRefusedException {
        long position = dataStart;
        for (Located tensor : tensors) {
            if (tensor.start() != position) {
                throw new BundleRefusedException(
                        file,
                        "tensor " + quote(tensor.spec().name()) + " starts at byte " + tensor.start()
                                + ", the one before ends at " + position + ": overlap or gap");
            }
            if (position % tensor.spec().dtype().bytes() != 0) {
                throw new BundleRefusedException(
                        file,
                        "tensor " + quote(tensor.spec().name()) + " starts at byte " + position + ", not a multiple of "
                                + tensor.spec().dtype().bytes());
            }
            position = tensor.end();
        }
        if (position != fileBytes) {
            throw new BundleRefusedException(
                    file, "its tensors end at byte " + position + ", the file at " + fileBytes);
        }
    }
}
