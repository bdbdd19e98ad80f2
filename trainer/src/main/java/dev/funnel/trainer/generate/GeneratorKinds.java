package dev.funnel.trainer.generate;

import dev.funnel.trainer.read.NearestName;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kinds of generators that can be fitted, by name. */
public final class GeneratorKinds {

    private final Map<String, GeneratorKind> byName = new TreeMap<>();

    private GeneratorKinds() {}

    /** All kinds on the class path. */
    public static GeneratorKinds installed() {
        GeneratorKinds kinds = new GeneratorKinds();
        ServiceLoader.load(GeneratorKind.class).forEach(kind -> kinds.byName.put(kind.name(), kind));
        return kinds;
    }

    /** The kind of a name; throws {@link IllegalArgumentException} naming the nearest. */
    public GeneratorKind get(String name) {
        GeneratorKind kind = byName.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("kind of generator is \"" + name + "\", must be one of "
                    + String.join(", ", byName.keySet()) + "; did you mean \""
                    + NearestName.of(name, byName.keySet()) + "\"?");
        }
        return kind;
    }

    /**
     * What a line of the training configuration asks for.
     *
     * @param keys values by key, as YAML reads them: {@code name}, {@code kind}, {@code limit}, {@code index}, {@code index_recall}, and what the kind knows
     * @throws IllegalArgumentException naming key, value and rule
     */
    public GeneratorPlan plan(Map<String, ? extends @Nullable Object> keys) {
        GeneratorLine line = new GeneratorLine(keys);
        GeneratorKind kind = get(line.text("kind"));
        GeneratorPlan plan =
                new GeneratorPlan(line.text("name"), kind.name(), line.limit(), IndexPlan.of(line), kind.fitting(line));
        line.refuseUnknown();
        return plan;
    }
}
