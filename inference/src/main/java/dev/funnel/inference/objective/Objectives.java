package dev.funnel.inference.objective;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a ranker's score may be: any of its heads, or a formula over them that was given a name. Immutable. */
public final class Objectives {
    private final List<String> heads;
    private final Map<String, Objective> formulas;
    private final String defaultName;
    private final Objective defaultObjective;

    /**
     * Reads the formulas.
     *
     * @param heads names of the ranker's heads, in their order
     * @param formulas formulas by name, which is no head's
     * @param defaultName what the score is unless asked otherwise: a head, or the name of a formula
     * @throws IllegalArgumentException naming the objective and the rule it breaks
     */
    public Objectives(List<String> heads, Map<String, String> formulas, String defaultName) {
        this.heads = List.copyOf(heads);
        Map<String, Objective> read = new TreeMap<>();
        formulas.forEach((name, formula) -> read.put(name, read(name, formula)));
        this.formulas = Collections.unmodifiableMap(read);
        this.defaultName = defaultName;
        Objective byDefault = named(defaultName);
        if (byDefault == null) {
            throw new IllegalArgumentException("default objective \"%s\" must be one of the heads %s or objectives %s"
                    .formatted(defaultName, heads, formulas.keySet()));
        }
        this.defaultObjective = byDefault;
    }

    private Objective read(String name, String formula) {
        if (heads.contains(name)) {
            throw new IllegalArgumentException("objective \"" + name + "\" has the name of a head");
        }
        try {
            return Objective.parse(formula, heads);
        } catch (InvalidObjectiveException e) {
            throw new IllegalArgumentException("objective \"" + name + "\": " + e.getMessage(), e);
        }
    }

    /** The head or formula of that name; null if there is none. */
    public @Nullable Objective named(String name) {
        int head = heads.indexOf(name);
        return head < 0 ? formulas.get(name) : Objective.head(name, head, heads);
    }

    /** What the score is unless asked otherwise. */
    public Objective byDefault() {
        return defaultObjective;
    }

    /** Its name. */
    public String defaultName() {
        return defaultName;
    }

    /** Names of the heads, in their order. */
    public List<String> heads() {
        return heads;
    }

    /** The formulas by name. */
    public Map<String, Objective> formulas() {
        return formulas;
    }
}
