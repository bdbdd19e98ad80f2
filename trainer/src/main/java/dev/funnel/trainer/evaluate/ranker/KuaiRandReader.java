package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.trainer.evaluate.GzipLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of KuaiRand-27K that has a like or a hate: how long each video was played. The last day is the test part, the day
 * before the validation part. A page is what one user was shown on one day. What the user did with the video is never read, but for
 * the play time.
 */
final class KuaiRandReader {
    static final String LOG = "kuairand27k_standard_kcore15.tsv.gz";
    private static final String USERS = "user_features_pure.csv.gz";
    private static final String VIDEOS = "video_features_basic_pure.csv.gz";
    private static final String BELONGS = "KuaiRand has " + LOG + ", " + USERS + " and " + VIDEOS;
    private static final int MOST_ROWS = 10_000_000;
    private static final int LEAST_COUNT = 5;
    private static final int DAYS_TESTED = 2;

    /** Longest play time that counts, in seconds; a video that runs in a loop tells no more. */
    private static final float MOST_SECONDS = 600;

    private static final List<String> LOG_COLUMNS = List.of(
            "user_id",
            "video_id",
            "date",
            "hourmin",
            "time_ms",
            "is_click",
            "is_follow",
            "is_comment",
            "is_forward",
            "long_view",
            "play_time_ms",
            "duration_ms",
            "comment_stay_time",
            "is_profile_enter",
            "label",
            "timestamp");
    private static final int USER_COLUMNS = 31;
    private static final int VIDEO_COLUMNS = 12;

    private final Path folder;
    private final Map<String, String[]> users = new HashMap<>();
    private final Map<String, String[]> videos = new HashMap<>();
    private final List<String> dates = new ArrayList<>();
    private final Map<String, Integer> pages = new HashMap<>();

    KuaiRandReader(Path folder) {
        this.folder = folder;
    }

    RankerData read() throws IOException {
        readTable(USERS, USER_COLUMNS, users);
        readTable(VIDEOS, VIDEO_COLUMNS, videos);
        TextColumns columns = new TextColumns(
                List.of(
                        "user",
                        "video",
                        "hour",
                        "active",
                        "follows",
                        "fans",
                        "friends",
                        "registered",
                        "author",
                        "tag",
                        "upload"),
                List.of(),
                List.of("duration", "video_duration", "register_days"),
                LEAST_COUNT);
        try (GzipLines file = GzipLines.open(folder.resolve(LOG), "\t", BELONGS)) {
            requireHeader(file, file.next());
            for (String[] line = file.next(); line != null; line = file.next()) {
                if (columns.size() == MOST_ROWS) {
                    throw file.broken("has more than " + MOST_ROWS + " rows");
                }
                columns.add(row(file, line));
            }
            if (columns.size() == 0) {
                throw file.broken("the file has no rows");
            }
        }
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("selection", "only rows with a like or a hate: biased, no target");
        notes.put("pairs", "two rows of one user on one day that were played for different times");
        notes.put("play_time", "seconds, at most " + MOST_SECONDS);
        return columns.data("kuairand", RankerData.Task.WEIGHT, parts(), notes);
    }

    private static void requireHeader(GzipLines file, String @Nullable [] line) throws IOException {
        if (line == null || !LOG_COLUMNS.equals(List.of(line))) {
            throw file.broken("the header must be " + String.join(", ", LOG_COLUMNS));
        }
    }

    private void readTable(String name, int columns, Map<String, String[]> into) throws IOException {
        try (GzipLines file = GzipLines.open(folder.resolve(name), ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", BELONGS)) {
            file.next();
            for (String[] line = file.next(); line != null; line = file.next()) {
                file.requireFields(line, columns, "an id and its features");
                if (into.size() == MOST_ROWS) {
                    throw file.broken("has more than " + MOST_ROWS + " rows");
                }
                into.put(line[0], line);
            }
        }
    }

    private TextColumns.Row row(GzipLines file, String[] line) throws IOException {
        file.requireFields(line, LOG_COLUMNS.size(), String.join(", ", LOG_COLUMNS));
        float seconds = file.real("play_time_ms", line[10]) / 1000;
        if (seconds < 0) {
            throw file.broken("play_time_ms is " + line[10] + ", must be 0 or more");
        }
        String[] user = users.getOrDefault(line[0], new String[0]);
        String[] video = videos.getOrDefault(line[1], new String[0]);
        dates.add(line[2]);
        String[] texts = {
            line[0],
            line[1],
            Integer.toString(file.number("hourmin", line[3]) / 100),
            at(user, 1),
            at(user, 6),
            at(user, 8),
            at(user, 10),
            at(user, 12),
            at(video, 1),
            at(video, 11),
            at(video, 4)
        };
        float[] numbers = {
            known(file.real("duration_ms", line[11])), number(file, at(video, 6)), number(file, at(user, 11))
        };
        int page = pages.computeIfAbsent(line[0] + " " + line[2], one -> pages.size());
        return new TextColumns.Row(texts, numbers, Math.min(seconds, MOST_SECONDS), page);
    }

    private static String at(String[] row, int column) {
        return column < row.length ? row[column] : "";
    }

    private static float number(GzipLines file, String text) throws IOException {
        return text.isEmpty() ? Float.NaN : known(file.real("a number of a table that is joined", text));
    }

    /** A duration of 0 is one that nobody knows. */
    private static float known(float value) {
        return value > 0 ? value : Float.NaN;
    }

    private TextColumns.Parts parts() {
        List<String> days = dates.stream().distinct().sorted().toList();
        if (days.size() <= DAYS_TESTED) {
            throw new IllegalArgumentException("KuaiRand needs more than " + DAYS_TESTED + " days, has " + days);
        }
        String tested = days.getLast();
        String validated = days.get(days.size() - DAYS_TESTED);
        return new TextColumns.Parts(
                rows(date -> !date.equals(tested) && !date.equals(validated)),
                rows(validated::equals),
                rows(tested::equals));
    }

    private int[] rows(Predicate<String> of) {
        return IntStream.range(0, dates.size())
                .filter(row -> of.test(dates.get(row)))
                .toArray();
    }
}
