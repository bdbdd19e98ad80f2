package dev.funnel.trainer.generate;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.bundle.UserTable;
import dev.funnel.trainer.fit.EarlierVectors;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.prepare.Deeds;
import dev.funnel.trainer.prepare.Profiles;
import dev.funnel.trainer.prepare.UserHistories;
import dev.funnel.trainer.read.ImpressionLog;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What generators are fitted on: a part of the log, and the tables. All generators of a training get the same one; what several
 * need is made once. Not safe for several threads.
 */
public final class FittingInput {

    private static final String PUBLISHED = "published_at";

    private final Deeds deeds;
    private final int[] places;
    private final ItemTable items;
    private final UserTable users;
    private final int longestHistory;
    private final int threads;
    private final @Nullable EarlierBundle earlier;
    private final @Nullable ImpressionLog impressions;
    private @Nullable SparseRows matrix;
    private @Nullable UserHistories histories;

    /**
     * @param places of the interactions to fit on: nothing else of the log may be looked at
     * @param users whose profiles may be looked at; their histories hold more than may be known
     */
    public FittingInput(Deeds deeds, int[] places, ItemTable items, UserTable users, int longestHistory, int threads) {
        this(deeds, places, items, users, longestHistory, threads, null);
    }

    /** @param impressions all of the log's, of which only those before the last of the places may be looked at; null: none */
    public FittingInput(
            Deeds deeds,
            int[] places,
            ItemTable items,
            UserTable users,
            int longestHistory,
            int threads,
            @Nullable ImpressionLog impressions) {
        this(deeds, places, items, users, longestHistory, threads, impressions, null);
    }

    private FittingInput(
            Deeds deeds,
            int[] places,
            ItemTable items,
            UserTable users,
            int longestHistory,
            int threads,
            @Nullable ImpressionLog impressions,
            @Nullable EarlierBundle earlier) {
        this.impressions = impressions;
        this.deeds = deeds;
        this.places = places;
        this.items = items;
        this.users = users;
        this.longestHistory = longestHistory;
        this.threads = threads;
        this.earlier = earlier;
    }

    /** The same, to start from what was trained before; which must not hold what fits are measured on. */
    public FittingInput startingFrom(EarlierBundle bundle) {
        return new FittingInput(deeds, places, items, users, longestHistory, threads, impressions, bundle);
    }

    /** Item vectors of the generator of this name to start from, of this length; empty if there are none. */
    public Optional<EarlierVectors> earlierVectors(String generator, int dimensions) {
        return earlier == null ? Optional.empty() : earlier.vectors(generator, dimensions, items);
    }

    /** The whole log with what its interactions mean; only {@link #places} of it may be fitted on. */
    public Deeds deeds() {
        return deeds;
    }

    /** Places in the log of the interactions to fit on. */
    public int[] places() {
        return places;
    }

    /** Places of the interactions to fit on that speak for their item. */
    public int[] speaking() {
        return deeds.speaking(places);
    }

    /** Users x items: what the interactions to fit on count, added up. */
    public SparseRows matrix() {
        if (matrix == null) {
            matrix = deeds.matrix(places);
        }
        return matrix;
    }

    /** What everyone did of it, newest first. */
    public UserHistories histories() {
        if (histories == null) {
            histories = UserHistories.of(deeds, places, longestHistory);
        }
        return histories;
    }

    /**
     * Sessions x items: the same with a row for each run of one user's interactions without a longer pause.
     *
     * @param pauseMs milliseconds
     */
    public SparseRows sessions(long pauseMs) {
        int[] speaking = speaking();
        int[] order = Arrays.stream(speaking)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(place -> deeds.log().users()[place])
                        .thenComparingLong(place -> deeds.log().timesMs()[place]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] rows = new int[order.length];
        int[] columns = new int[order.length];
        float[] values = new float[order.length];
        for (int i = 0; i < order.length; i++) {
            rows[i] = i == 0 ? 0 : rows[i - 1] + (together(order[i - 1], order[i], pauseMs) ? 0 : 1);
            columns[i] = deeds.log().items()[order[i]];
            values[i] = deeds.strengths()[order[i]];
        }
        int count = order.length == 0 ? 1 : rows[order.length - 1] + 1;
        return SparseRows.of(count, items.size(), rows, columns, values);
    }

    private boolean together(int place, int next, long pauseMs) {
        return deeds.log().users()[place] == deeds.log().users()[next]
                && deeds.log().timesMs()[next] - deeds.log().timesMs()[place] <= pauseMs;
    }

    /** The items, with all their columns. */
    public ItemTable items() {
        return items;
    }

    /** The users, with all their columns; their histories hold more than may be known. */
    public UserTable users() {
        return users;
    }

    /** What was shown; of it only what was shown before the interactions to fit on. Null if nothing was logged. */
    public @Nullable ImpressionLog impressions() {
        return impressions;
    }

    /** The users' profiles. */
    public Profiles profiles() {
        return new Profiles(users);
    }

    /** How many users there are; the rows of {@link #matrix}. */
    public int userCount() {
        return users.size();
    }

    /** Milliseconds since 1970 by item; {@link TimeColumn#MISSING} if unknown. */
    public long[] publishedMs() {
        long[] times = new long[items.size()];
        TimeColumn published = items.time(PUBLISHED);
        for (int item = 0; item < times.length; item++) {
            times[item] = published == null ? TimeColumn.MISSING : published.millis(item);
        }
        return times;
    }

    /** When the last of the interactions at these places was; 0 if there are none. */
    public long lastMs(int[] places) {
        return Arrays.stream(places)
                .mapToLong(place -> deeds.log().timesMs()[place])
                .max()
                .orElse(0);
    }

    /** How many threads may work, at least 1; what is fitted does not depend on it. */
    public int threads() {
        return threads;
    }
}
