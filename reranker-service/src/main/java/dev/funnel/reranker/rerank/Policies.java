package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.Policy;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.error.CallerError;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The policies of a process, by name. One is named {@value #DEFAULT}: requests that name none get it. */
public final class Policies {
    public static final String DEFAULT = "default";

    private final Map<String, NamedPolicy> byName = new TreeMap<>();

    public Policies(Map<String, Policy> policies) {
        if (!policies.containsKey(DEFAULT)) {
            throw new InvalidConfiguration("policies: none is named \"" + DEFAULT
                    + "\", which requests that name no policy get; known are " + policies.keySet());
        }
        policies.forEach((name, policy) -> byName.put(name, NamedPolicy.of(name, policy)));
    }

    /** All policies, in the order of their names. */
    public Collection<NamedPolicy> all() {
        return byName.values();
    }

    /**
     * The policy a request asks for.
     *
     * @param name empty: {@value #DEFAULT}
     * @throws CallerError if there is none of that name
     */
    public NamedPolicy named(String name) {
        NamedPolicy policy = byName.get(name.isEmpty() ? DEFAULT : name);
        if (policy == null) {
            throw new CallerError("policy", name, "must be one of " + String.join(", ", byName.keySet()));
        }
        return policy;
    }
}
