package dev.funnel.candidate.generate;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.UserTable;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What generators search from: a query in the numbers of one bundle version.
 *
 * @param userRow row of the user whose trained vectors are up to date; -1: there is none
 * @param history recent interactions with items of the bundle, newest first
 * @param freshCount how many of {@code history}, counted from the newest, the bundle does not hold
 * @param seedItem index of the seed item; -1: none, or not in the bundle
 * @param circumstances who asks, from where and when
 * @param person the same as networks read it
 */
public record Question(
        int userRow, History history, int freshCount, int seedItem, Circumstances circumstances, Person person) {
    /** A question about nobody and nothing. */
    public static final Question NOTHING = new Question(-1, History.EMPTY, 0, -1);

    /** A question of someone of whom nothing else is known. */
    public Question(int userRow, History history, int freshCount, int seedItem) {
        this(userRow, history, freshCount, seedItem, Circumstances.UNKNOWN, Person.UNKNOWN);
    }

    /** A question in the circumstances given, of someone of whom networks read nothing. */
    public Question(int userRow, History history, int freshCount, int seedItem, Circumstances circumstances) {
        this(userRow, history, freshCount, seedItem, circumstances, Person.UNKNOWN);
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
                Circumstances.of(user, query),
                Person.of(user, query));
    }

    /** The question without items that the bundle does not hold, of which its files say nothing. */
    Question stored(int storedSize) {
        int[] kept = IntStream.range(0, history.size())
                .filter(i -> history.items()[i] < storedSize)
                .toArray();
        int seed = seedItem < storedSize ? seedItem : -1;
        if (kept.length == history.size() && seed == seedItem) {
            return this;
        }
        int keptFresh = (int) Arrays.stream(kept).filter(i -> i < freshCount).count();
        return new Question(userRow, picked(kept), keptFresh, seed, circumstances, person);
    }

    private History picked(int[] kept) {
        int size = kept.length;
        History picked = new History(new int[size], new long[size], new byte[size], new long[size], new float[size]);
        for (int i = 0; i < size; i++) {
            picked.items()[i] = history.items()[kept[i]];
            picked.timesMs()[i] = history.timesMs()[kept[i]];
            picked.kinds()[i] = history.kinds()[kept[i]];
            picked.watchedMs()[i] = history.watchedMs()[kept[i]];
            picked.weights()[i] = history.weights()[kept[i]];
        }
        return picked;
    }
}
