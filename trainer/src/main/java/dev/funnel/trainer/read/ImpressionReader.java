package dev.funnel.trainer.read;

import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the impressions. Those without a request id are a page if they share user and time. */
final class ImpressionReader {

    private static final int LAST_POSITION = 10_000;
    private static final Set<String> READ = Set.of(
            "request_id",
            "user_id",
            "item_id",
            "at",
            "position",
            "clicked",
            "watch_seconds",
            "country",
            "language",
            "device",
            "sources");

    private final KnownIds ids;
    private final Map<String, Integer> requestOf = new HashMap<>();
    private final Codes.Builder country = new Codes.Builder();
    private final Codes.Builder language = new Codes.Builder();
    private final Codes.Builder device = new Codes.Builder();
    private final Codes.Builder sources = new Codes.Builder();
    private int size;
    private long ofRemoved;
    private int[] requests = new int[4096];
    private int[] users = new int[4096];
    private int[] items = new int[4096];
    private long[] timesMs = new long[4096];
    private short[] positions = new short[4096];
    private boolean[] clicked = new boolean[4096];
    private float[] watchSeconds = new float[4096];

    /** The impressions and what was found in their file. */
    record Read(ImpressionLog log, FileReport report) {}

    ImpressionReader(KnownIds ids) {
        this.ids = ids;
    }

    Read read(OpenInput input, Engine engine, ReadSettings settings, Progress progress)
            throws IOException, SQLException {
        Cell user = input.required("user_id");
        Cell item = input.required("item_id");
        Cell click = input.required("clicked");
        Cell request = input.optional("request_id");
        Cell at = input.optional("at");
        Cell position = input.optional("position");
        Cell watch = input.optional("watch_seconds");
        RowCheck check = new RowCheck(input, engine, settings)
                .rules(ids.visitorRules("user_id", user))
                .rules(ids.itemRules("item_id", item, "true"))
                .rules(List.of(Rules.given("clicked", click), Rules.flag("clicked", click)))
                .rules(List.of(Rules.atMostBytes("request_id", request, Rules.LONGEST_ID_BYTES)))
                .rules(input.has("at") ? List.of(Rules.given("at", at)) : List.of())
                .rules(Rules.time("at", at))
                .rules(input.has("position") ? List.of(Rules.given("position", position)) : List.of())
                .rules(Rules.number("position", position))
                .rules(List.of(
                        Rules.atLeast("position", position, 0), Rules.atMost("position", position, LAST_POSITION)))
                .rules(Rules.number("watch_seconds", watch))
                .rules(List.of(Rules.atLeast("watch_seconds", watch, 0)));
        List<String> values = List.of(
                "coalesce(%s, concat_ws(' ', %s, %s))".formatted(request.text(), user.text(), at.text()),
                "coalesce(%s, -1)".formatted(KnownIds.USER),
                KnownIds.ITEM,
                "coalesce(%s, 0)".formatted(at.timeMs()),
                "coalesce((%s)::INTEGER, -1)".formatted(position.number()),
                click.flag(),
                watch.number(),
                input.optional("country").text(),
                input.optional("language").text(),
                input.optional("device").text(),
                input.optional("sources").list());
        check.read(values, ids.join(input.relation(engine), user, item), progress, row -> {
            take(row);
            return null;
        });
        check.setAside(KnownIds.OF_REMOVED_ITEMS, ofRemoved);
        return new Read(log(), check.report(READ));
    }

    private void take(ResultSet row) throws SQLException {
        if (row.getInt(3) == KnownIds.REMOVED) {
            ofRemoved++;
            return;
        }
        if (size == users.length) {
            grow(2 * size);
        }
        requests[size] = requestOf.computeIfAbsent(row.getString(1), id -> requestOf.size());
        users[size] = row.getInt(2);
        items[size] = row.getInt(3);
        timesMs[size] = row.getLong(4);
        positions[size] = row.getShort(5);
        clicked[size] = row.getBoolean(6);
        double watched = row.getDouble(7);
        boolean unknown = row.wasNull();
        watchSeconds[size] = !clicked[size] ? 0 : unknown ? Float.NaN : (float) watched;
        country.add(row.getString(8));
        language.add(row.getString(9));
        device.add(row.getString(10));
        sources.add(row.getString(11));
        size++;
    }

    private void grow(int to) {
        requests = Arrays.copyOf(requests, to);
        users = Arrays.copyOf(users, to);
        items = Arrays.copyOf(items, to);
        timesMs = Arrays.copyOf(timesMs, to);
        positions = Arrays.copyOf(positions, to);
        clicked = Arrays.copyOf(clicked, to);
        watchSeconds = Arrays.copyOf(watchSeconds, to);
    }

    private ImpressionLog log() {
        grow(size);
        return new ImpressionLog(
                requests,
                users,
                items,
                timesMs,
                positions,
                clicked,
                watchSeconds,
                country.build(),
                language.build(),
                device.build(),
                sources.build());
    }
}
