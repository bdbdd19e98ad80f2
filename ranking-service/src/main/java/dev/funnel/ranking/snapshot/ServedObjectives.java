package dev.funnel.ranking.snapshot;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.inference.objective.Objective;
import dev.funnel.inference.objective.Objectives;
import dev.funnel.runtime.error.CallerError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the score may be with one bundle version: a head, a formula of the bundle, or one of the service's configuration, which
 * stands before the bundle's of the same name.
 */
public final class ServedObjectives {
    private final Objectives bundle;
    private final Map<String, Objective> formulas = new TreeMap<>();

    /**
     * @param configured formulas by name, of the service's configuration
     * @throws BundleRefusedException for a configured formula that the bundle's heads do not fit, naming both: a bundle that is not served
     *     is noticed, where requests that are refused one by one fail for as long as nobody looks
     */
    ServedObjectives(Objectives bundle, Map<String, String> configured) throws BundleRefusedException {
        this.bundle = bundle;
        this.formulas.putAll(bundle.formulas());
        for (Map.Entry<String, String> each : configured.entrySet()) {
            formulas.put(each.getKey(), fit(each.getKey(), each.getValue()));
        }
    }

    /** A formula that has a name. */
    public record Described(String name, String formula) {}

    private Objective fit(String name, String formula) throws BundleRefusedException {
        if (bundle.heads().contains(name)) {
            throw refusal(name, "its ranker has a head of that name");
        }
        try {
            return Objective.parse(formula, bundle.heads());
        } catch (IllegalArgumentException e) {
            throw refusal(name, String.valueOf(e.getMessage()));
        }
    }

    private static BundleRefusedException refusal(String name, String why) {
        return new BundleRefusedException(
                "manifest.json", "does not fit objectives." + name + " of this service's configuration: " + why);
    }

    /**
     * What a request asks for.
     *
     * @param name empty: the bundle's default
     * @throws CallerError if there is nothing of that name, naming what there is
     */
    public NamedObjective asked(String name) {
        if (name.isEmpty()) {
            return byDefault();
        }
        Objective formula = formulas.get(name);
        return new NamedObjective(name, formula == null ? head(name) : formula);
    }

    private Objective head(String name) {
        Objective head = bundle.named(name);
        if (head == null) {
            throw new CallerError(
                    "objective",
                    name,
                    "must be one of the ranker's heads " + bundle.heads() + " or objectives " + formulas.keySet());
        }
        return head;
    }

    /** What the score is unless asked otherwise. */
    public NamedObjective byDefault() {
        return new NamedObjective(bundle.defaultName(), bundle.byDefault());
    }

    /** All formulas, by rising name. */
    public List<Described> formulas() {
        return formulas.entrySet().stream()
                .map(each -> new Described(each.getKey(), each.getValue().formula()))
                .toList();
    }
}
