package dev.funnel.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process uses, as Linux tells under {@code /proc/PID}.
 *
 * @param cpuMillis of all its threads since it started
 * @param anonymousKib resident memory that no file backs: heap, stacks, native memory; mapped bundles do not count
 * @param bundleKib mapped from files of bundles, resident or not
 * @param mappings parts of its address space
 * @param descriptors open files and sockets
 * @param threads of the operating system
 */
public record ProcessFigures(
        long cpuMillis, long anonymousKib, long bundleKib, int mappings, int descriptors, int threads) {

    private static final long MILLIS_PER_TICK = 10; // USER_HZ is 100 on every Linux
    private static final String BUNDLE_FILE = ".safetensors";
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    /** Of a process of the same user, now. */
    public static ProcessFigures of(long pid) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        return new ProcessFigures(
                cpuMillis(proc),
                line(proc.resolve("smaps_rollup"), "Anonymous:"),
                bundleBytes(proc) >> 10,
                lines(proc.resolve("maps")),
                entries(proc.resolve("fd")),
                Math.toIntExact(line(proc.resolve("status"), "Threads:")));
    }

    /** The fields after the name, which stands in parentheses and may hold anything. */
    private static long cpuMillis(Path proc) throws IOException {
        String stat = Files.readString(proc.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) * MILLIS_PER_TICK;
    }

    /** Lines are {@code from-to permissions offset device inode path}, addresses hexadecimal. */
    private static long bundleBytes(Path proc) throws IOException {
        try (Stream<String> lines = Files.lines(proc.resolve("maps"))) {
            return lines.filter(line -> line.endsWith(BUNDLE_FILE))
                    .map(line -> line.split("[- ]", 3))
                    .mapToLong(range -> Long.parseUnsignedLong(range[1], 16) - Long.parseUnsignedLong(range[0], 16))
                    .sum();
        }
    }

    private static int lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return Math.toIntExact(lines.count());
        }
    }

    private static int entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return Math.toIntExact(entries.count());
        }
    }

    /** The number on the line that begins so. */
    private static long line(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow(() -> new IOException(file + " has no line " + name));
        }
    }
}
