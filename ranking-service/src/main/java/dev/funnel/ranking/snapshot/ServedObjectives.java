package dev.funnel.ranking.snapshot;

import dev.funnel.inference.objective.Objective;
import dev.funnel.inference.objective.Objectives;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.error.PreconditionFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the score may be with one bundle version: a head, a formula of the bundle, or one of the service's configuration, which
 * stands before the bundle's of the same name. A configured formula that does not fit the bundle's heads is unavailable with this
 * version only: neither may hold up the other's roll-out.
 */
public final class ServedObjectives {
    /** Reason for an objective that is configured but does not fit the bundle version. */
    public static final String UNAVAILABLE = "OBJECTIVE_UNAVAILABLE";

    private static final Logger LOG = LoggerFactory.getLogger(ServedObjectives.class);

    private final String version;
    private final Objectives bundle;
    private final Map<String, Described> formulas = new TreeMap<>();

    /** @param configured formulas by name, of the service's configuration */
    ServedObjectives(String version, Objectives bundle, Map<String, String> configured) {
        this.version = version;
        this.bundle = bundle;
        bundle.formulas().forEach((name, objective) -> formulas.put(name, Described.available(name, objective)));
        configured.forEach((name, formula) -> formulas.put(name, fit(name, formula)));
        formulas.values().stream().filter(each -> each.objective == null).forEach(this::warn);
    }

    /**
     * A formula that has a name.
     *
     * @param formula as text
     * @param objective null if it is unavailable
     * @param unavailable why it is; empty if it is not
     */
    public record Described(
            String name, String formula, @Nullable Objective objective, String unavailable) {
        private static Described available(String name, Objective objective) {
            return new Described(name, objective.formula(), objective, "");
        }
    }

    private Described fit(String name, String formula) {
        if (bundle.heads().contains(name)) {
            return new Described(name, formula, null, "the ranker has a head of that name");
        }
        try {
            return Described.available(name, Objective.parse(formula, bundle.heads()));
        } catch (IllegalArgumentException e) {
            return new Described(name, formula, null, String.valueOf(e.getMessage()));
        }
    }

    private void warn(Described objective) {
        LOG.warn("bundle {}: objective {} is unavailable: {}", version, objective.name, objective.unavailable);
    }

    /**
     * What a request asks for.
     *
     * @param name empty: the bundle's default
     * @throws CallerError if there is nothing of that name, naming what there is
     * @throws PreconditionFailed if a configured formula does not fit this bundle version
     */
    public NamedObjective asked(String name) {
        if (name.isEmpty()) {
            return byDefault();
        }
        Described described = formulas.get(name);
        if (described == null || bundle.heads().contains(name)) {
            return new NamedObjective(name, head(name));
        }
        if (described.objective == null) {
            throw new PreconditionFailed(
                    UNAVAILABLE,
                    "objective " + name + " is not available with bundle version " + version + ": "
                            + described.unavailable);
        }
        return new NamedObjective(name, described.objective);
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
        return new ArrayList<>(formulas.values());
    }
}
