package dev.funnel.trainer.prepare;

import dev.funnel.bundle.SearchTokens;
import dev.funnel.trainer.read.SearchLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Everyone's searches as bags of tokens, at any time of the log. */
public final class Searches {
    private final SearchLog log;
    private final int[][] byUser;

    private Searches(SearchLog log, int[][] byUser) {
        this.log = log;
        this.byUser = byUser;
    }

    /** The searches of so many users. */
    public static Searches of(SearchLog log, int userCount) {
        List<List<Integer>> places = new ArrayList<>();
        for (int user = 0; user < userCount; user++) {
            places.add(new ArrayList<>());
        }
        for (int place = 0; place < log.size(); place++) {
            places.get(log.users()[place]).add(place);
        }
        int[][] byUser = places.stream()
                .map(own -> own.stream()
                        .sorted(Comparator.comparingLong((Integer place) -> log.timesMs()[place])
                                .reversed())
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toArray(int[][]::new);
        return new Searches(log, byUser);
    }

    /** Whether anybody searched. */
    public boolean any() {
        return log.size() > 0;
    }

    /** The tokens of what a user searched for before an instant, of the latest searches first, at most {@link SearchTokens#MOST}. */
    public List<String> before(int user, long timeMs) {
        return SearchTokens.bag(() -> Arrays.stream(byUser[user])
                .filter(place -> log.timesMs()[place] < timeMs)
                .mapToObj(place -> log.texts()[place])
                .iterator());
    }

    /** The same by user, of everything. */
    public List<List<String>> all() {
        return IntStream.range(0, byUser.length)
                .mapToObj(user -> before(user, Long.MAX_VALUE))
                .toList();
    }

    /** Every token as often as it was searched for before an instant. */
    public List<String> tokens(long untilMs) {
        return IntStream.range(0, log.size())
                .filter(place -> log.timesMs()[place] < untilMs)
                .mapToObj(place -> SearchTokens.of(log.texts()[place]))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return Arrays.stream(byUser).mapToInt(own -> own.length).sum() + " searches";
    }
}
