package dev.funnel.candidate.generate;

import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.config.Names;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The kinds of generators there are, by name. */
public final class GeneratorKinds {
    private final Map<String, GeneratorKind> byName = new TreeMap<>();

    private GeneratorKinds() {}

    /** All kinds on the class path. */
    public static GeneratorKinds installed() {
        GeneratorKinds kinds = new GeneratorKinds();
        ServiceLoader.load(GeneratorKind.class).forEach(kind -> kinds.byName.put(kind.name(), kind));
        return kinds;
    }

    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /** @throws InvalidConfiguration naming the nearest kind there is */
    public GeneratorKind get(String name) {
        GeneratorKind kind = byName.get(name);
        if (kind == null) {
            throw new InvalidConfiguration(
                    "unknown kind of generator \"" + name + "\"; " + Names.suggestion(name, byName.keySet()));
        }
        return kind;
    }
}
