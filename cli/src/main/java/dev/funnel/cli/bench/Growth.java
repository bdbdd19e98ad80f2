package dev.funnel.cli.bench;

import dev.funnel.benchmarks.load.Footprint;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a process holds late in a run beside what it held early. */
record Growth(String process, Footprint early, Footprint late) {

    private static final double MOST = 1.05;
    private static final long FEW = 4;
    private static final long FEW_KIB = 1 << 10;

    /** Shows all figures, and promises of each that it is at most 5 % more; or a little more, where there is little. */
    void show(Report report) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("process", process);
        figures.put("early", early.byName());
        figures.put("late", late.byName());
        report.show("footprint", figures, "%-10s held %s, then %s".formatted(process, early.byName(), late.byName()));
        late.byName().forEach((name, now) -> judge(report, name, early.byName().getOrDefault(name, 0L), now));
    }

    private void judge(Report report, String name, long before, long now) {
        double ratio = before == 0 ? 1 : (double) now / before;
        boolean little = now - before <= (name.endsWith("_kib") ? FEW_KIB : FEW);
        report.promise(
                "growth of %s's %s".formatted(process, name), Measured.rounded(ratio), MOST, ratio <= MOST || little);
    }
}
