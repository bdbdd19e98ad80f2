package dev.funnel.inference.engine;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.onnx.OnnxFile;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which engine runs a network, and why: what each took for a batch of it, or why it refused it.
 *
 * @param kind the one chosen
 * @param micros time of a batch, in microseconds, of those that were measured
 * @param refusals reasons of those that refused
 */
public record EngineChoice(EngineKind kind, Map<EngineKind, Double> micros, Map<EngineKind, String> refusals) {
    /** Rows of the batches it is measured with: a full slice of a pool. */
    public static final int BATCH = 256;

    private static final Logger LOG = LoggerFactory.getLogger(EngineChoice.class);

    public EngineChoice {
        micros = Map.copyOf(micros);
        refusals = Map.copyOf(refusals);
    }

    /** Which engines may be chosen. */
    public enum Setting {
        /** The fastest of those that run the network. */
        AUTO,
        /** ND4J or nothing. */
        ND4J,
        /** ONNX Runtime or nothing. */
        ONNX;

        private Set<EngineKind> kinds() {
            return switch (this) {
                case AUTO -> Set.of(EngineKind.values());
                case ND4J -> Set.of(EngineKind.ND4J);
                case ONNX -> Set.of(EngineKind.ONNX);
            };
        }
    }

    /** A network, and what it takes and gives. */
    public record Part(OnnxFile model, FeatureSchema schema) {}

    /**
     * Chooses for a network: loads it into each engine that may be chosen, measures those that take it if the choice is free, and closes
     * all again.
     *
     * @param whole what the engine must take
     * @param measured the part of it that will run for each candidate
     * @throws EngineRefusedException if none takes it, with the reason of every engine there is
     */
    public static EngineChoice of(Setting setting, Part whole, Part measured) throws EngineRefusedException {
        Map<EngineKind, Double> micros = new EnumMap<>(EngineKind.class);
        Map<EngineKind, String> refusals = new EnumMap<>(EngineKind.class);
        for (EngineKind kind : EngineKind.values()) {
            if (setting.kinds().contains(kind)) {
                measure(kind, whole, measured, setting == Setting.AUTO, micros, refusals);
            }
        }
        if (micros.isEmpty()) {
            throw refusal(setting, whole, refusals);
        }
        EngineKind fastest = micros.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        return new EngineChoice(fastest, setting == Setting.AUTO ? micros : Map.of(), refusals);
    }

    private static void measure(
            EngineKind kind,
            Part whole,
            Part measured,
            boolean timed,
            Map<EngineKind, Double> micros,
            Map<EngineKind, String> refusals) {
        try (Engine accepting = kind.load(whole.model(), whole.schema());
                Engine engine = kind.load(measured.model(), measured.schema())) {
            LOG.debug("{} takes the network", accepting.name());
            micros.put(kind, timed ? BatchTime.micros(engine, measured.schema(), BATCH) : 0);
        } catch (EngineRefusedException e) {
            refusals.put(kind, String.valueOf(e.getMessage()));
        }
    }

    /** A pinned engine that refuses says what the others would have said. */
    private static EngineRefusedException refusal(Setting setting, Part whole, Map<EngineKind, String> refusals) {
        Map<EngineKind, String> all = new EnumMap<>(refusals);
        for (EngineKind kind : EngineKind.values()) {
            if (!all.containsKey(kind)) {
                try (Engine engine = kind.load(whole.model(), whole.schema())) {
                    all.put(kind, engine.name() + " would run it");
                } catch (EngineRefusedException e) {
                    all.put(kind, String.valueOf(e.getMessage()));
                }
            }
        }
        String reasons = all.entrySet().stream()
                .map(each -> name(each.getKey()) + ": " + each.getValue())
                .collect(Collectors.joining("; "));
        return new EngineRefusedException(
                "engine " + setting.name().toLowerCase(Locale.ROOT) + " cannot be used: " + reasons);
    }

    /** What was found, e.g. {@code onnx 812 us, nd4j 1010 us for 256 candidates}. */
    public String reason() {
        List<String> parts = Arrays.stream(EngineKind.values())
                .filter(kind -> micros.containsKey(kind) || refusals.containsKey(kind))
                .map(kind -> micros.containsKey(kind)
                        ? "%s %.0f us".formatted(name(kind), micros.get(kind))
                        : name(kind) + " refused: " + refusals.get(kind))
                .toList();
        return parts.isEmpty() ? "pinned" : String.join(", ", parts) + " for " + BATCH + " candidates";
    }

    private static String name(EngineKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
