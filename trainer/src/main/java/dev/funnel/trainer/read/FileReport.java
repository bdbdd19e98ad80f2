package dev.funnel.trainer.read;

import java.util.List;
import java.util.Locale;

/**
 * What was found in one input file.
 *
 * @param rows all rows
 * @param bad the kinds of bad rows, most frequent first; none of them is trained on
 * @param setAside rows that are right and not trained on
 * @param unused columns that nothing reads
 */
public record FileReport(String file, long rows, List<BadRows> bad, List<SetAside> setAside, List<String> unused) {

    /**
     * The bad rows of one kind.
     *
     * @param first where the first of them stands, e.g. {@code line 17}
     * @param shown what stands there, cut to a length
     */
    public record BadRows(String rule, long count, String first, String shown) {}

    /** Rows that nothing reads yet. */
    public record SetAside(String what, long count) {}

    /** How many rows are bad. */
    public long badRows() {
        return bad.stream().mapToLong(BadRows::count).sum();
    }

    /** How many rows are trained on. */
    public long kept() {
        return rows - badRows() - setAside.stream().mapToLong(SetAside::count).sum();
    }

    /** The report as lines of text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s: %,d rows, %,d used, %,d bad%n", file, rows, kept(), badRows()));
        for (BadRows kind : bad) {
            text.append(String.format(
                    Locale.ROOT, "  bad: %,d x %s (first in %s: %s)%n", kind.count, kind.rule, kind.first, kind.shown));
        }
        for (SetAside kind : setAside) {
            text.append(String.format(Locale.ROOT, "  set aside: %,d x %s%n", kind.count, kind.what));
        }
        if (!unused.isEmpty()) {
            text.append("  columns not used: ")
                    .append(String.join(", ", unused))
                    .append('\n');
        }
        return text.toString();
    }
}
