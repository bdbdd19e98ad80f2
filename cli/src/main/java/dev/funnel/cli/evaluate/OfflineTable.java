package dev.funnel.cli.evaluate;

import dev.funnel.cli.console.TextTable;
import dev.funnel.trainer.evaluate.EvaluationResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results of offline evaluations, for people and as JSON. */
public final class OfflineTable {

    private static final double BYTES_PER_MIB = 1 << 20;

    private OfflineTable() {}

    /** A result as an object: system, protocol, the metrics, then what they cost and what they were made with. */
    public static Map<String, Object> object(String label, EvaluationResult result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("system", result.system());
        object.put("label", label);
        object.put("protocol", result.protocol());
        object.putAll(result.metrics());
        object.put("seconds", milliseconds(result.seconds()));
        Map<String, Double> stages = new LinkedHashMap<>(result.stageSeconds());
        stages.replaceAll((stage, seconds) -> milliseconds(seconds));
        object.put("stage_seconds", stages);
        object.put("peak_heap_bytes", result.memory().heapBytes());
        object.put("peak_resident_bytes", result.memory().residentBytes());
        object.put("notes", result.notes());
        return object;
    }

    /** One line a result; all must be of the same protocol. */
    public static List<String> lines(Map<String, EvaluationResult> results) {
        List<String> header = new ArrayList<>(List.of("system"));
        results.values().stream()
                .limit(1)
                .forEach(first -> header.addAll(first.metrics().keySet()));
        header.addAll(List.of("fit s", "evaluate s", "peak MiB"));
        TextTable table = new TextTable(header.toArray(String[]::new));
        results.forEach((label, result) -> table.row(cells(label, result)));
        return table.lines();
    }

    private static Object[] cells(String label, EvaluationResult result) {
        List<Object> cells = new ArrayList<>(List.of(label));
        result.metrics().values().forEach(metric -> cells.add("%.4f".formatted(metric)));
        for (String stage : List.of("fit", "evaluate")) {
            cells.add("%.1f".formatted(result.stageSeconds().getOrDefault(stage, 0.0)));
        }
        cells.add("%.0f".formatted(result.memory().residentBytes() / BYTES_PER_MIB));
        return cells.toArray();
    }

    private static double milliseconds(double seconds) {
        return Math.round(seconds * 1e3) / 1e3;
    }
}
