package dev.funnel.cli.evaluate;

import dev.funnel.cli.console.TextTable;
import java.util.List;
import java.util.Map;

/** Served and offline side by side, for people. */
public final class ServedTable {

    private static final List<String> METRICS = List.of("hr@10", "ndcg@10", "recall@50");

    private ServedTable() {}

    public static List<String> of(List<ServedFigures> figures) {
        TextTable table = new TextTable(
                "system", "hr@10", "offline", "ndcg@10", "offline", "recall@50", "offline", "difference", "seconds");
        for (ServedFigures figure : figures) {
            table.row(
                    figure.system(),
                    cell(figure.served(), 0),
                    cell(figure.offline(), 0),
                    cell(figure.served(), 1),
                    cell(figure.offline(), 1),
                    cell(figure.served(), 2),
                    cell(figure.offline(), 2),
                    figure.served().isEmpty() ? "" : "%.4f".formatted(figure.difference()),
                    figure.served().isEmpty() ? "" : "%.1f".formatted(figure.seconds()));
        }
        return table.lines();
    }

    private static String cell(Map<String, Double> metrics, int metric) {
        Double value = metrics.get(METRICS.get(metric));
        return value == null ? "" : "%.4f".formatted(value);
    }
}
