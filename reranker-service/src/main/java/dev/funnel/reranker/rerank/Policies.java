package dev.funnel.reranker.rerank;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.reranker.rule.Policy;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.error.CallerError;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The policies that serve. They are replaced whole, by a set that was checked; a set that is refused leaves those before in
 * place, and the reason is told. Thread-safe.
 */
public final class Policies {
    private volatile PolicySet serving;
    private volatile String refusal = "";

    public Policies(PolicySet policies) {
        this.serving = policies;
    }

    /** Where it is not known where rules stand. */
    public Policies(Map<String, Policy> policies) {
        this(PolicySet.of(policies));
    }

    /** All policies, in the order of their names. */
    public Collection<NamedPolicy> all() {
        return serving.all();
    }

    /** Why the newest policies do not serve; empty: they do. */
    public String refusal() {
        return refusal;
    }

    /**
     * The policy a request asks for.
     *
     * @param name empty: {@value PolicySet#DEFAULT}
     * @throws CallerError if there is none of that name
     */
    public NamedPolicy named(String name) {
        PolicySet policies = serving;
        NamedPolicy policy = policies.find(name);
        if (policy == null) {
            String known = policies.all().stream().map(NamedPolicy::name).collect(Collectors.joining(", "));
            throw new CallerError("policy", name, "must be one of " + known);
        }
        return policy;
    }

    /**
     * A bundle version that all policies fit.
     *
     * @throws BundleRefusedException naming file, line, policy and rule of what does not fit
     */
    public RerankerSnapshot fitting(RerankerSnapshot snapshot) throws BundleRefusedException {
        List<String> problems = serving.problems(snapshot);
        if (!problems.isEmpty()) {
            snapshot.close();
            throw new BundleRefusedException(
                    "items.safetensors", "does not fit the policies: " + String.join("; ", problems));
        }
        return snapshot;
    }

    /** Serves by other policies from now on. */
    void replace(PolicySet policies) {
        serving = policies;
        refusal = "";
    }

    /** Goes on serving by those there are. */
    void refuse(String why) {
        refusal = why;
    }
}
