package dev.funnel.runtime.user;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.UserTable;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.FeatureValue;
import dev.funnel.runtime.wire.ImpressionCounts;
import dev.funnel.runtime.wire.InteractionKind;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Joins what the bundle knows of a user, up to its data cut, with what the caller knows the user did since. Anyone can be
 * joined: who is unknown to the bundle has no profile and what the caller sent as history, and a new visitor has neither.
 *
 * <p>What speaks for an item becomes {@code recent} and {@code older_watched_item_ids}, dislikes become {@code
 * disliked_item_ids}, and items shown in vain {@code unclicked}. List columns {@code followed_uploaders}, {@code blocked_uploaders}
 * and {@code blocked_categories} of the user table become the fields of those names. What was searched for becomes a profile value.
 */
public final class UserStates {
    private UserStates() {}

    /** @param query stamped with its time, which is when interactions that carry none happened */
    public static JoinedUser join(ItemTable items, UserTable users, Query query) {
        int row = query.userId().isEmpty() ? -1 : users.indexOf(query.userId());
        History held = row < 0 ? History.EMPTY : users.history(row);
        CallerInteractions caller = CallerInteractions.of(query, items, held);
        Merged merged = Merged.newestFirst(caller.fresh(), held);
        int[] disliked = Histories.items(merged.history(), kind -> kind == InteractionKind.DISLIKE);
        int[] watched = Histories.items(merged.history(), InteractionKind::isConsumption);
        return new JoinedUser(
                state(
                        query.userId(),
                        Standing.of(users, row).having(query.recent().searches()),
                        merged,
                        watched,
                        disliked,
                        items),
                watched,
                disliked,
                caller.ignored());
    }

    /** What the user's row says that is no deed: nothing, of someone without one. */
    private record Standing(
            boolean known,
            Map<String, FeatureValue> profile,
            List<String> blockedUploaders,
            List<String> blockedCategories,
            List<String> followedUploaders) {
        static Standing of(UserTable users, int row) {
            return row < 0
                    ? new Standing(false, Map.of(), List.of(), List.of(), List.of())
                    : new Standing(
                            true,
                            Profiles.of(users, row),
                            Profiles.listed(users, row, "blocked_uploaders", Bounds.BLOCKED),
                            Profiles.listed(users, row, "blocked_categories", Bounds.BLOCKED),
                            Profiles.listed(users, row, "followed_uploaders", Bounds.FOLLOWED));
        }

        Standing having(List<String> searches) {
            return new Standing(
                    known, SearchBag.join(profile, searches), blockedUploaders, blockedCategories, followedUploaders);
        }
    }

    private static UserState state(
            String userId, Standing standing, Merged merged, int[] watched, int[] disliked, ItemTable items) {
        Merged positive = merged.where(InteractionKind::isPositive);
        int recent = Math.min(positive.history().size(), Bounds.RECENT_INTERACTIONS);
        return new UserState(
                userId,
                standing.profile(),
                Histories.columns(positive.history(), recent, items),
                positive.freshCount(recent),
                older(watched, Arrays.copyOf(positive.history().items(), recent), items),
                ids(disliked, Bounds.DISLIKED, items),
                standing.blockedUploaders(),
                standing.blockedCategories(),
                standing.followedUploaders(),
                unclicked(merged.history(), items),
                standing.known());
    }

    private static List<String> older(int[] watched, int[] recent, ItemTable items) {
        Arrays.sort(recent);
        int[] older = IntStream.of(watched)
                .filter(item -> Arrays.binarySearch(recent, item) < 0)
                .toArray();
        return ids(older, Bounds.OLDER_WATCHED, items);
    }

    private static List<String> ids(int[] indexes, int most, ItemTable items) {
        return IntStream.of(indexes).limit(most).mapToObj(items::id).toList();
    }

    private static ImpressionCounts unclicked(History history, ItemTable items) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int row = 0; row < history.size() && counts.size() < Bounds.UNCLICKED; row++) {
            if (Histories.kind(history, row) == InteractionKind.IMPRESSION) {
                counts.merge(items.id(history.items()[row]), 1, Integer::sum);
            }
        }
        return new ImpressionCounts(
                List.copyOf(counts.keySet()),
                counts.values().stream().mapToInt(Integer::intValue).toArray());
    }
}
