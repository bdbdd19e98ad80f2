package dev.funnel.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM holds once its garbage is collected: what would grow if it leaked.
 *
 * @param liveHeapKib objects that are reachable
 */
public record Footprint(long liveHeapKib, ProcessFigures figures) {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

    /** Of a process of the same user and the same JDK, now. Its threads stand still while its heap is collected. */
    public static Footprint of(long pid) throws IOException, InterruptedException {
        long heap = liveHeapBytes(pid) >> 10;
        return new Footprint(heap, ProcessFigures.of(pid));
    }

    /** The figures by name. */
    public Map<String, Long> byName() {
        Map<String, Long> named = new LinkedHashMap<>();
        named.put("live_heap_kib", liveHeapKib);
        named.put("anonymous_kib", figures.anonymousKib());
        named.put("bundle_kib", figures.bundleKib());
        named.put("mappings", (long) figures.mappings());
        named.put("descriptors", (long) figures.descriptors());
        named.put("threads", (long) figures.threads());
        return named;
    }

    /** The JVM collects its garbage before it counts what is live. */
    private static long liveHeapBytes(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process counting = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String told = new String(counting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        counting.waitFor();
        Matcher total = TOTAL.matcher(told);
        if (!total.find()) {
            throw new IOException(jcmd + " said of process " + pid + ": " + told.strip());
        }
        return Long.parseLong(total.group(1));
    }
}
