package dev.funnel.trainer.prepare;

import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.trainer.read.Codes;
import dev.funnel.trainer.read.ImpressionLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where and on what device users were, as the last page they were shown tells. */
public final class Whereabouts {
    /** How long a page tells of what came after it. */
    private static final long TELLS_MS = 3_600_000;

    private final @Nullable ImpressionLog log;
    private final List<List<Integer>> byUser = new ArrayList<>();

    private Whereabouts(@Nullable ImpressionLog log, int userCount) {
        this.log = log;
        for (int user = 0; user < userCount; user++) {
            byUser.add(new ArrayList<>());
        }
    }

    /** Of so many users; without a log nothing is known. */
    public static Whereabouts of(@Nullable ImpressionLog log, int userCount) {
        Whereabouts whereabouts = new Whereabouts(log, userCount);
        if (log != null) {
            for (int i = 0; i < log.size(); i++) {
                boolean first = i == 0 || log.requests()[i] != log.requests()[i - 1];
                if (first && log.users()[i] >= 0) {
                    whereabouts.byUser.get(log.users()[i]).add(i);
                }
            }
            whereabouts.byUser.forEach(own -> own.sort(Comparator.comparingLong(i -> log.timesMs()[i])));
        }
        return whereabouts;
    }

    /** The context of the last page of a user before an instant; empty if there was none lately. */
    public Map<String, FeatureValue> before(int user, long timeMs) {
        ImpressionLog pages = log;
        if (pages == null) {
            return Map.of();
        }
        List<Integer> own = byUser.get(user);
        int low = 0;
        for (int high = own.size(); low < high; ) {
            int middle = (low + high) >>> 1;
            if (pages.timesMs()[own.get(middle)] < timeMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean told = low > 0 && timeMs - pages.timesMs()[own.get(low - 1)] <= TELLS_MS;
        return told ? context(pages, own.get(low - 1)) : Map.of();
    }

    private static Map<String, FeatureValue> context(ImpressionLog pages, int impression) {
        Map<String, FeatureValue> context = new HashMap<>();
        put(context, "country", pages.country(), impression);
        put(context, "language", pages.language(), impression);
        put(context, "device", pages.device(), impression);
        return context;
    }

    private static void put(Map<String, FeatureValue> context, String name, Codes codes, int impression) {
        String value = codes.value(impression);
        if (value != null) {
            context.put(name, new FeatureValue.Text(value));
        }
    }
}
