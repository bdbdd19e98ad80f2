package dev.funnel.candidate.generate;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.UserTable;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.util.List;

/**
 * What generators search from: a query in the numbers of one bundle version.
 *
 * @param userRow row of the user whose trained vectors are up to date; -1: there is none
 * @param history recent interactions with items of the bundle, newest first
 * @param freshCount how many of {@code history}, counted from the newest, the bundle does not hold
 * @param seedItem index of the seed item; -1: none, or not in the bundle
 * @param circumstances who asks, from where and when
 */
public record Question(int userRow, History history, int freshCount, int seedItem, Circumstances circumstances) {
    /** A question about nobody and nothing. */
    public static final Question NOTHING = new Question(-1, History.EMPTY, 0, -1);

    /** A question of someone of whom nothing else is known. */
    public Question(int userRow, History history, int freshCount, int seedItem) {
        this(userRow, history, freshCount, seedItem, Circumstances.UNKNOWN);
    }

    /** The question in the numbers of a bundle's tables. */
    public static Question of(UserState user, Query query, ItemTable items, UserTable users) {
        boolean upToDate = user.known() && user.freshCount() == 0;
        List<String> fresh = user.recent().itemIds().subList(0, user.freshCount());
        int freshKnown = (int) fresh.stream()
                .filter(id -> !id.isEmpty() && items.indexOf(id) >= 0)
                .count();
        return new Question(
                upToDate ? users.indexOf(user.userId()) : -1,
                user.history(items),
                freshKnown,
                query.hasSeed() ? items.indexOf(query.seedItemId()) : -1,
                Circumstances.of(user, query));
    }
}
