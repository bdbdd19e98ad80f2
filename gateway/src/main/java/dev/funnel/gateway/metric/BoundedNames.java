package dev.funnel.gateway.metric;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps labels from growing with what callers send: the first so many names stand for themselves, all further ones are {@value
 * #OTHER}.
 */
final class BoundedNames {
    static final String OTHER = "other";

    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    BoundedNames(int most) {
        this.most = most;
    }

    String of(String name) {
        if (known.contains(name)) {
            return name;
        }
        synchronized (known) {
            return known.size() < most && known.add(name) || known.contains(name) ? name : OTHER;
        }
    }
}
