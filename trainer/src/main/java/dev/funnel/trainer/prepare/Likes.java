package dev.funnel.trainer.prepare;

import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.read.InteractionKinds;
import dev.funnel.trainer.read.InteractionLog;
import java.util.HashMap;
import java.util.Map;

/** Which impressions were liked: clicked, and followed by a like of the same user and item within a day. */
public final class Likes {
    private static final long WINDOW_MS = 86_400_000;

    private Likes() {}

    /** Per impression whether it was liked; empty if the interactions hold no likes, or the logs no times to compare. */
    public static boolean[] of(ImpressionLog impressions, InteractionLog interactions) {
        Map<Long, Long> lastLikeMs = new HashMap<>();
        for (int i = 0; i < interactions.size(); i++) {
            if (interactions.kinds()[i] == InteractionKinds.LIKE) {
                lastLikeMs.merge(
                        key(interactions.users()[i], interactions.items()[i]),
                        interactions.timesMs()[i],
                        Math::max);
            }
        }
        if (lastLikeMs.isEmpty() || !impressions.timed() || !interactions.timed()) {
            return new boolean[0];
        }
        boolean[] liked = new boolean[impressions.size()];
        for (int i = 0; i < liked.length; i++) {
            Long likeMs = lastLikeMs.get(key(impressions.users()[i], impressions.items()[i]));
            liked[i] = impressions.clicked()[i]
                    && likeMs != null
                    && likeMs >= impressions.timesMs()[i]
                    && likeMs < impressions.timesMs()[i] + WINDOW_MS;
        }
        return liked;
    }

    private static long key(int user, int item) {
        return (long) user << 32 | item;
    }
}
