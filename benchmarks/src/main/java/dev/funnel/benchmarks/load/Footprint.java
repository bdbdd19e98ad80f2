package dev.funnel.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM holds once its garbage is collected and its C library has given back what is free: what would grow if it leaked. The services
 * do both now and then by themselves; here both are asked for, so that what is read does not depend on when.
 *
 * @param liveHeapKib objects that are reachable
 */
public record Footprint(long liveHeapKib, ProcessFigures figures) {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

    /** Of a process of the same user and the same JDK, now. Its threads stand still while its heap is collected. */
    public static Footprint of(long pid) throws IOException, InterruptedException {
        long heap = liveHeapBytes(pid) >> 10;
        ask(pid, "System.trim_native_heap"); // says so, and does nothing, where the C library is not glibc
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
        String told = ask(pid, "GC.class_histogram");
        Matcher total = TOTAL.matcher(told);
        if (!total.find()) {
            throw new IOException("process " + pid + " counted its objects so: " + told.strip());
        }
        return Long.parseLong(total.group(1));
    }

    private static String ask(long pid, String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asking = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String told = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asking.waitFor();
        return told;
    }
}
