package dev.funnel.trainer.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What viewers do, against the truth that they follow. */
class DemoWorldTest {

    private static final long SEED = 7;
    private static final DemoSettings SETTINGS = new DemoSettings(3_000, 500, 30, 150_000, SEED);
    private static final DemoWorld WORLD = DemoWorld.of(SETTINGS);
    private static final DemoLog LOG = new Simulation(WORLD).run(2, Progress.SILENT);

    /** How far a sum of independent outcomes may be from its expectation: one in 16,000 is further. */
    private static final double SIGMAS = 4;

    private record Shown(int user, int item, int position, long timeMs, float watched) {
        boolean clicked() {
            return !Float.isNaN(watched);
        }

        double clickProbability() {
            return WORLD.clickProbability(user, item, position, timeMs);
        }

        double expectedWatchSeconds() {
            return WORLD.expectedWatchSeconds(user, item, position, timeMs);
        }
    }

    private static List<Shown> shown() {
        List<Shown> shown = new ArrayList<>();
        for (int p = 0; p < LOG.pages; p++) {
            for (int i = LOG.pageStart[p]; i < LOG.pageEnd(p); i++) {
                int position = i - LOG.pageStart[p];
                shown.add(new Shown(LOG.pageUser[p], LOG.item[i], position, LOG.pageMs[p], LOG.watched[i]));
            }
        }
        return shown;
    }

    @Test
    void clicks_at_each_position_are_as_frequent_as_the_truth_says() {
        for (int position = 0; position < 20; position++) {
            int at = position;
            List<Shown> here = shown().stream().filter(s -> s.position() == at).toList();
            double expected = here.stream().mapToDouble(Shown::clickProbability).sum();
            double variance = here.stream()
                    .mapToDouble(s -> s.clickProbability() * (1 - s.clickProbability()))
                    .sum();
            long clicks = here.stream().filter(Shown::clicked).count();
            assertEquals(
                    expected, clicks, SIGMAS * Math.sqrt(variance), "seed %d, position %d".formatted(SEED, position));
        }
    }

    @Test
    void watch_time_in_each_decile_of_its_expectation_is_as_long_as_the_truth_says() {
        List<Shown> byExpectation = shown().stream()
                .sorted(Comparator.comparingDouble(Shown::expectedWatchSeconds))
                .toList();
        int tenth = byExpectation.size() / 10;
        for (int decile = 0; decile < 10; decile++) {
            List<Shown> here = byExpectation.subList(decile * tenth, (decile + 1) * tenth);
            double expected =
                    here.stream().mapToDouble(Shown::expectedWatchSeconds).sum();
            double[] watched = here.stream()
                    .mapToDouble(s -> s.clicked() ? s.watched() : 0)
                    .toArray();
            double squares = Arrays.stream(watched).map(w -> w * w).sum();
            assertEquals(
                    expected,
                    Arrays.stream(watched).sum(),
                    SIGMAS * Math.sqrt(squares),
                    "seed %d, decile %d".formatted(SEED, decile));
        }
    }

    @Test
    void neither_duration_nor_popularity_orders_a_users_videos_as_the_truth_does() {
        double[] clicks = new double[WORLD.itemCount()];
        shown().stream().filter(Shown::clicked).forEach(s -> clicks[s.item()]++);
        double duration = meanSpearman(s -> WORLD.durationSeconds(s.item()));
        double popularity = meanSpearman(s -> clicks[s.item()]);
        double affinity = meanSpearman(s -> WORLD.affinity(s.user(), s.item(), s.timeMs()));
        assertTrue(duration > 0 && duration < .4, "duration alone: " + duration);
        assertTrue(popularity > .1 && popularity < .5, "popularity: " + popularity);
        assertTrue(affinity > duration && affinity > popularity && affinity < .8, "affinity alone: " + affinity);
    }

    private static double meanSpearman(java.util.function.ToDoubleFunction<Shown> score) {
        return shown().stream().collect(java.util.stream.Collectors.groupingBy(Shown::user)).values().stream()
                .filter(theirs -> theirs.size() >= 20)
                .mapToDouble(theirs -> RankCorrelation.spearman(
                        theirs.stream().mapToDouble(score).toArray(),
                        theirs.stream()
                                .mapToDouble(s -> WORLD.expectedWatchSeconds(s.user(), s.item(), 0, s.timeMs()))
                                .toArray()))
                .average()
                .orElseThrow();
    }

    @Test
    void the_log_has_as_many_impressions_as_asked_for() {
        assertEquals(SETTINGS.impressions(), LOG.impressions);
    }

    @Test
    void no_page_shows_a_video_twice_or_before_its_upload_or_after_its_expiry() {
        Videos videos = WORLD.videos();
        for (int p = 0; p < LOG.pages; p++) {
            int[] page = Arrays.copyOfRange(LOG.item, LOG.pageStart[p], LOG.pageEnd(p));
            assertEquals(page.length, Arrays.stream(page).distinct().count());
            for (int item : page) {
                assertTrue(videos.publishedMs[item] <= LOG.pageMs[p], "not yet uploaded: " + WORLD.itemId(item));
                assertTrue(!videos.expired(item, LOG.pageMs[p]), "expired: " + WORLD.itemId(item));
            }
        }
    }

    @Test
    void click_bait_is_clicked_more_and_left_sooner() {
        Videos videos = WORLD.videos();
        int bait = IntStream.range(0, videos.count)
                .filter(i -> videos.bait[i] > .8)
                .findFirst()
                .orElseThrow();
        double[] withBait = clickAndWatch(bait);
        double kept = videos.bait[bait];
        videos.bait[bait] = 0;
        double[] without = clickAndWatch(bait);
        videos.bait[bait] = kept;
        assertTrue(withBait[0] > 1.2 * without[0] && withBait[1] < .7 * without[1], "bait changes too little");
    }

    private static double[] clickAndWatch(int item) {
        long now = WORLD.end().toEpochMilli();
        double click = WORLD.clickProbability(0, item, 0, now);
        return new double[] {click, WORLD.expectedWatchSeconds(0, item, 0, now) / click};
    }

    @Test
    void a_new_upload_is_clicked_more_than_the_same_video_a_month_later() {
        Videos videos = WORLD.videos();
        int item = videos.publishedBy(DemoWorld.START_MS + 1_000_000);
        long uploaded = videos.publishedMs[item];
        double fresh = WORLD.clickLogit(0, item, .5, uploaded);
        double old = WORLD.clickLogit(0, item, .5, uploaded + (long) (30 * DemoWorld.DAY_MS));
        assertTrue(fresh > old + .4, fresh + " when new, " + old + " later");
    }

    @Test
    void tastes_drift_during_the_log_and_stand_still_after_it() {
        long start = DemoWorld.START_MS;
        long end = WORLD.end().toEpochMilli();
        int moved = 0;
        for (int user = 0; user < WORLD.userCount(); user++) {
            moved += Math.abs(WORLD.affinity(user, 5, start) - WORLD.affinity(user, 5, end)) > .02 ? 1 : 0;
            assertEquals(WORLD.affinity(user, 5, end), WORLD.affinity(user, 5, end + 1_000_000_000L));
        }
        assertTrue(moved > WORLD.userCount() / 2, moved + " viewers' tastes moved");
    }

    @Test
    void a_few_uploaders_have_a_large_share_of_the_videos() {
        int[] sizes = new int[WORLD.itemCount()];
        for (int uploader : WORLD.videos().uploader) {
            sizes[uploader]++;
        }
        int[] largest = Arrays.stream(sizes).sorted().toArray();
        int topTwentieth = Arrays.stream(largest).skip(largest.length - 12L).sum();
        assertTrue(topTwentieth > .25 * WORLD.itemCount(), "12 of 250 uploaders have " + topTwentieth);
    }

    @Test
    void a_size_out_of_bounds_is_refused_naming_it() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new DemoSettings(5, 10, 10, 100, 1));
        assertEquals("items: 5 is not in 10 .. 10,000,000", refused.getMessage());
    }
}
