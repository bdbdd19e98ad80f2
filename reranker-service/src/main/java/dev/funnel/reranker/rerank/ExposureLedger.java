package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.Exposures;
import dev.funnel.reranker.rule.Reach;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process showed, for the rules that reach over time: by policy and rule, exposure in total and by key, halved every
 * half-life. Time is that of the queries, and never runs backwards. At most {@value #MOST_RULES} rules are kept count of; those
 * of policies that are gone make room. A process that starts anew counts anew.
 */
public final class ExposureLedger {
    private static final int MOST_RULES = 10_000;

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    /** Exposure as of an instant. */
    private record Account(long timeMillis, double[] exposure) {
        Account at(long now, Duration halfLife) {
            long elapsed = Math.max(0, now - timeMillis);
            double decay = StrictMath.exp(-StrictMath.log(2) * elapsed / halfLife.toMillis());
            double[] decayed = exposure.clone();
            for (int i = 0; i < decayed.length; i++) {
                decayed[i] *= decay;
            }
            return new Account(Math.max(now, timeMillis), decayed);
        }

        Account with(double[] added) {
            double[] sum = exposure.clone();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += added[i];
            }
            return new Account(timeMillis, sum);
        }
    }

    /** What a policy's rules read, as of an instant. */
    public Exposures view(String policy, long timeMillis) {
        return (rule, keys, halfLife) -> {
            Account account = accounts.get(key(policy, rule));
            return account == null || account.exposure.length != 1 + keys
                    ? new double[1 + keys]
                    : account.at(timeMillis, halfLife).exposure();
        };
    }

    /** Adds what a slate of a policy showed. */
    public void add(String policy, Map<String, Reach> reaches, long timeMillis) {
        reaches.forEach((rule, reach) -> accounts.compute(key(policy, rule), (key, account) -> {
            if (account != null && account.exposure.length == reach.added().length) {
                return account.at(timeMillis, reach.halfLife()).with(reach.added());
            }
            boolean full = account == null && accounts.size() >= MOST_RULES;
            return full ? null : new Account(timeMillis, reach.added().clone());
        }));
    }

    /** Forgets what is counted for policies other than these. */
    public void keepOnly(Iterable<String> policies) {
        Set<String> kept = new HashSet<>();
        policies.forEach(kept::add);
        accounts.keySet().removeIf(key -> !kept.contains(key.substring(0, key.indexOf('\n'))));
    }

    private static String key(String policy, String rule) {
        return policy + '\n' + rule;
    }
}
