package dev.funnel.trainer.read;

import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads the interactions. Searches name no item and are kept apart. */
final class InteractionReader {

    private static final String KIND_LIST = String.join(", ", InteractionKinds.NAMES.subList(1, 8));
    private static final Set<String> READ =
            Set.of("user_id", "item_id", "at", "kind", "watch_seconds", "weight", "query_text");

    private final KnownIds ids;
    private int size;
    private int[] users = new int[1024];
    private int[] items = new int[1024];
    private long[] timesMs = new long[1024];
    private byte[] kinds = new byte[1024];
    private float[] watchSeconds = new float[1024];
    private float[] weights = new float[1024];
    private long ofRemoved;
    private int searches;
    private int[] searchers = new int[64];
    private long[] searchTimesMs = new long[64];
    private String[] searchTexts = new String[64];
    private long untimed;
    private long firstUntimed = -1;

    /** The interactions and what was found in their file. */
    record Read(InteractionLog log, FileReport report) {}

    InteractionReader(KnownIds ids) {
        this.ids = ids;
    }

    Read read(OpenInput input, Engine engine, ReadSettings settings, Progress progress)
            throws IOException, SQLException {
        Cell user = input.required("user_id");
        Cell item = input.required("item_id");
        Cell at = input.optional("at");
        Cell kind = input.optional("kind");
        Cell watch = input.optional("watch_seconds");
        Cell weight = input.optional("weight");
        Cell text = input.optional("query_text");
        String kindNumber = kindNumber(kind);
        String search = "(%s) = %d".formatted(kindNumber, InteractionKinds.SEARCH);
        RowCheck check = new RowCheck(input, engine, settings)
                .rules(ids.userRules("user_id", user))
                .rules(List.of(RowRule.of("kind", "is none of " + KIND_LIST, "(%s) < 0".formatted(kindNumber), kind)))
                .rules(ids.itemRules("item_id", item, "NOT (%s)".formatted(search)))
                .rules(Rules.time("at", at.unlessZero()))
                .rules(Rules.number("watch_seconds", watch))
                .rules(List.of(Rules.atLeast("watch_seconds", watch, 0)))
                .rules(Rules.number("weight", weight))
                .rules(List.of(
                        RowRule.of("weight", "is not above 0", "(%s) <= 0".formatted(weight.number()), weight),
                        Rules.atMost("weight", weight, 1_000)));
        List<String> values = List.of(
                KnownIds.USER,
                KnownIds.ITEM,
                at.unlessZero().timeMs(),
                kindNumber,
                watch.number(),
                "coalesce(%s, 1)".formatted(weight.number()),
                OpenInput.ROW,
                "coalesce(%s, '')".formatted(text.text()));
        check.read(values, ids.join(input.relation(engine), user, item), progress, row -> {
            take(row);
            return null;
        });
        check.setAside(KnownIds.OF_REMOVED_ITEMS, ofRemoved);
        check.setAside("searches (they say something of users, not of items)", searches);
        InteractionLog log = log(check);
        return new Read(log, check.report(READ));
    }

    private void take(ResultSet row) throws SQLException {
        byte kind = row.getByte(4);
        if (kind == InteractionKinds.SEARCH) {
            takeSearch(row);
            return;
        }
        if (row.getInt(2) == KnownIds.REMOVED) {
            ofRemoved++;
            return;
        }
        if (size == users.length) {
            grow();
        }
        users[size] = row.getInt(1);
        items[size] = row.getInt(2);
        timesMs[size] = row.getLong(3);
        kinds[size] = kind;
        double watched = row.getDouble(5);
        watchSeconds[size] = row.wasNull() ? Float.NaN : (float) watched;
        weights[size] = row.getFloat(6);
        if (timesMs[size] == 0 && untimed++ == 0) {
            firstUntimed = row.getLong(7);
        }
        size++;
    }

    private void takeSearch(ResultSet row) throws SQLException {
        if (searches == searchers.length) {
            searchers = Arrays.copyOf(searchers, 2 * searches);
            searchTimesMs = Arrays.copyOf(searchTimesMs, 2 * searches);
            searchTexts = Arrays.copyOf(searchTexts, 2 * searches);
        }
        searchers[searches] = row.getInt(1);
        searchTimesMs[searches] = row.getLong(3);
        searchTexts[searches++] = row.getString(8);
    }

    private SearchLog searchLog() {
        return new SearchLog(
                Arrays.copyOf(searchers, searches),
                Arrays.copyOf(searchTimesMs, searches),
                Arrays.copyOf(searchTexts, searches));
    }

    private void grow() {
        users = Arrays.copyOf(users, 2 * size);
        items = Arrays.copyOf(items, 2 * size);
        timesMs = Arrays.copyOf(timesMs, 2 * size);
        kinds = Arrays.copyOf(kinds, 2 * size);
        watchSeconds = Arrays.copyOf(watchSeconds, 2 * size);
        weights = Arrays.copyOf(weights, 2 * size);
    }

    /** What was taken; rows without a time are bad if others have one. */
    private InteractionLog log(RowCheck check) {
        InteractionLog all = new InteractionLog(users, items, timesMs, kinds, watchSeconds, weights, searchLog());
        boolean mixed = untimed > 0 && untimed < size;
        if (mixed) {
            check.countLate("at is empty, though other rows have a time", untimed, firstUntimed);
        }
        return all.select(
                IntStream.range(0, size).filter(i -> !mixed || timesMs[i] != 0).toArray());
    }

    private static String kindNumber(Cell kind) {
        StringBuilder sql = new StringBuilder("CASE lower(coalesce(%s, 'watch'))".formatted(kind.text()));
        for (int number = 1; number < InteractionKinds.NAMES.size(); number++) {
            sql.append(" WHEN '%s' THEN %d".formatted(InteractionKinds.NAMES.get(number), number));
        }
        return sql.append(" ELSE -1 END").toString();
    }
}
