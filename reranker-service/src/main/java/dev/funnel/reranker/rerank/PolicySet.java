package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.BundleFit;
import dev.funnel.reranker.rule.Dpp;
import dev.funnel.reranker.rule.Filter;
import dev.funnel.reranker.rule.Interleave;
import dev.funnel.reranker.rule.Mmr;
import dev.funnel.reranker.rule.Pin;
import dev.funnel.reranker.rule.Policy;
import dev.funnel.reranker.rule.PolicyRule;
import dev.funnel.reranker.rule.SlateRule;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.config.Located;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Policies that belong together, by name, as one reading of the configuration gave them. One is named {@value #DEFAULT}. No rule
 * stands where it could never have an effect.
 */
public final class PolicySet {
    /** Requests that name no policy get it. */
    public static final String DEFAULT = "default";

    private final Map<String, NamedPolicy> byName = new TreeMap<>();
    private final Function<Object, String> places;

    private PolicySet(Map<String, Policy> policies, Function<Object, String> places) {
        this.places = places;
        policies.forEach((name, policy) -> byName.put(name, NamedPolicy.of(name, policy)));
    }

    /**
     * The policies of a configuration, checked.
     *
     * @param located knows where rules stand, for messages
     * @throws InvalidConfiguration naming file, line, policy and rule of what is wrong
     */
    public static PolicySet of(Located<?> located, Map<String, Policy> policies) {
        return checked(policies, located::place);
    }

    /** As above, where it is not known where rules stand. */
    public static PolicySet of(Map<String, Policy> policies) {
        return checked(policies, rule -> "");
    }

    private static PolicySet checked(Map<String, Policy> policies, Function<Object, String> places) {
        if (!policies.containsKey(DEFAULT)) {
            throw new InvalidConfiguration("policies: none is named \"" + DEFAULT
                    + "\", which requests that name no policy get; known are " + policies.keySet());
        }
        PolicySet set = new PolicySet(policies, places);
        set.all().forEach(set::requireReachable);
        return set;
    }

    /** All policies, in the order of their names. */
    public Collection<NamedPolicy> all() {
        return byName.values();
    }

    /** The policy of a name; null if there is none. */
    @Nullable
    NamedPolicy find(String name) {
        return byName.get(name.isEmpty() ? DEFAULT : name);
    }

    /** What a bundle version cannot answer, in words that name file, line, policy, rule and key; empty: every policy fits. */
    public List<String> problems(RerankerSnapshot snapshot) {
        List<String> problems = new ArrayList<>();
        for (NamedPolicy policy : all()) {
            policy.policy().rules().forEach(rule -> {
                BundleFit fit = new BundleFit(snapshot);
                rule.check(fit);
                fit.problems().forEach(problem -> problems.add(where(policy, rule) + problem));
            });
        }
        return problems;
    }

    private void requireReachable(NamedPolicy policy) {
        Map<String, PolicyRule> earlier = new HashMap<>();
        policy.policy().rules().forEach(rule -> {
            if (choosesFromOne(rule)) {
                throw unreachable(policy, rule, "window is 1: there is nothing to choose from");
            }
            PolicyRule before = earlier.putIfAbsent(effect(rule), rule);
            if (before != null) {
                throw unreachable(policy, rule, "rule " + before.name() + " before it leaves it nothing to do");
            }
        });
    }

    private static boolean choosesFromOne(PolicyRule rule) {
        return switch (rule) {
            case Mmr mmr -> mmr.window() == 1;
            case Dpp dpp -> dpp.window() == 1;
            case Interleave interleave -> interleave.window() == 1;
            default -> false;
        };
    }

    /** Rules of the same effect: a filter, limit or draw that says the same again, a pin to a place that is taken. */
    private static String effect(PolicyRule rule) {
        if (rule instanceof Pin pin) {
            return "pin to place " + pin.place();
        }
        boolean repeatable = !(rule instanceof Filter || rule instanceof SlateRule);
        String content = ConfigurationFile.describe((Record) rule)
                .lines()
                .filter(line -> !line.startsWith("preferred:") && (repeatable || !line.startsWith("name:")))
                .collect(Collectors.joining("\n"));
        return rule.getClass().getSimpleName() + "\n" + content;
    }

    private InvalidConfiguration unreachable(NamedPolicy policy, PolicyRule rule, String why) {
        return new InvalidConfiguration(where(policy, rule) + "can never have an effect: " + why);
    }

    private String where(NamedPolicy policy, PolicyRule rule) {
        String place = places.apply(rule);
        return (place.isEmpty() ? "" : place + ": ") + "policies." + policy.name() + ": rule " + rule.name() + ": ";
    }
}
