package dev.funnel.trainer.simulate;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.simulate.DemoLog.Deed;
import dev.funnel.trainer.simulate.Dice.Stream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lets the viewers of a demo world live through its days, each for herself, so that any number of threads tell the same. */
final class Simulation {

    static final String WORK = "simulating viewers";

    private static final int VIEWERS_PER_TASK = 64;
    private static final int[] PAGE_LENGTHS = {10, 15, 20, 12};
    private static final double FOUND_ALONE = .06;
    private static final double SEARCHED = .3;
    private static final double LIKED = .15;
    private static final double DISLIKED = .1;
    private static final double LEFT_AT_ONCE_SECONDS = 8;

    private final DemoWorld world;
    private final LoggingPolicy.Weights weights;
    private final int[] impressionsOf;

    Simulation(DemoWorld world) {
        this.world = world;
        this.weights = new LoggingPolicy.Weights(world);
        this.impressionsOf = shareOut(world.settings().impressions(), world.viewers().activity);
    }

    /** The whole log, viewers in order. */
    DemoLog run(int threads, Progress progress) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            ThreadLocal<LoggingPolicy> policies = ThreadLocal.withInitial(() -> new LoggingPolicy(world, weights));
            Queue<Future<DemoLog>> parts = new ArrayDeque<>();
            for (int from = 0; from < world.userCount(); from += VIEWERS_PER_TASK) {
                int first = from;
                parts.add(pool.submit(() -> live(policies.get(), first)));
            }
            try {
                return collect(parts, progress);
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private static DemoLog collect(Queue<Future<DemoLog>> parts, Progress progress) {
        DemoLog log = new DemoLog();
        int count = parts.size();
        try {
            while (!parts.isEmpty()) {
                progress.advance(WORK, 1 - (double) parts.size() / count);
                log.addAll(parts.remove().get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted: " + WORK);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return log;
    }

    private DemoLog live(LoggingPolicy policy, int from) {
        DemoLog log = new DemoLog();
        int to = Math.min(from + VIEWERS_PER_TASK, world.userCount());
        for (int user = from; user < to && !Thread.currentThread().isInterrupted(); user++) {
            new Life(user, policy, log).run();
        }
        return log;
    }

    /** One viewer's days. */
    private final class Life {
        private final int user;
        private final LoggingPolicy policy;
        private final DemoLog log;
        private final Dice dice;
        private final Page page = new Page();

        Life(int user, LoggingPolicy policy, DemoLog log) {
            this.user = user;
            this.policy = policy;
            this.log = log;
            this.dice = new Dice(world.settings().seed(), Stream.LOG, user);
        }

        void run() {
            policy.welcome(user);
            int impressions = impressionsOf[user];
            int usual = PAGE_LENGTHS[world.viewers().device[user]];
            int visits = Math.max(1, (impressions + usual / 2) / usual);
            int alone = (int) (FOUND_ALONE * impressions + dice.uniform());
            for (long when : times(visits + alone)) {
                if (dice.below(visits + alone) < visits) {
                    visits--;
                    int length = visits == 0 ? Math.min(impressions, Page.LONGEST) : Math.min(usual, impressions);
                    impressions -= length;
                    seePage(length, when);
                } else {
                    alone--;
                    findAlone(when);
                }
            }
        }

        /** Sorted instants between the viewer's joining and the end, more of them in the evening (UTC). */
        private long[] times(int count) {
            int days = world.settings().days();
            double joined = world.viewers().joined[user] * days;
            long[] times = new long[count];
            for (int i = 0; i < count; i++) {
                double day = Math.floor(dice.between(joined, days));
                double hour = (19 + 4 * dice.gaussian() + 48) % 24;
                times[i] = DemoWorld.START_MS + (long) ((day + hour / 24) * DemoWorld.DAY_MS);
            }
            Arrays.sort(times);
            return times;
        }

        private void seePage(int length, long when) {
            policy.fill(page, length, when, dice);
            log.addPage(user, when);
            long now = when;
            for (int position = 0; position < page.length; position++) {
                int item = page.items[position];
                boolean click = dice.chance(world.clickProbability(user, item, position, when));
                float seconds = click ? watch(item, when) : Float.NaN;
                log.addImpression(item, page.sources[position], page.scores[position], seconds);
                now += 2_000;
                if (click) {
                    record(item, now, seconds);
                    now += (long) (1_000 * seconds);
                }
            }
        }

        private void findAlone(long when) {
            int item = policy.find(when, dice);
            if (item < 0) {
                return;
            }
            if (dice.chance(SEARCHED)) {
                log.addDeed(user, item, when - 5_000, Deed.SEARCH, Float.NaN);
            }
            record(item, when, watch(item, when));
        }

        /** Seconds until the viewer turns away or the video ends, in tenths. */
        private float watch(int item, long when) {
            double attention = world.attention(user, item, world.affinity(user, item, when));
            double seconds = Math.min(world.durationSeconds(item), attention * dice.exponential());
            return Math.round(10 * seconds) / 10f;
        }

        private void record(int item, long when, float seconds) {
            policy.watched(item);
            log.addDeed(user, item, when, Deed.WATCH, seconds);
            if (seconds >= .7 * world.durationSeconds(item) && dice.chance(LIKED)) {
                log.addDeed(user, item, when + (long) (1_000 * seconds), Deed.LIKE, Float.NaN);
            } else if (seconds < LEFT_AT_ONCE_SECONDS && dice.chance(DISLIKED)) {
                log.addDeed(user, item, when + (long) (1_000 * seconds), Deed.DISLIKE, Float.NaN);
            }
        }
    }

    /** Splits a whole into integers in proportion to weights, at least 1 each, that add up to it exactly. */
    private static int[] shareOut(int whole, double[] weights) {
        double sum = Arrays.stream(weights).sum();
        int spare = whole - weights.length;
        int[] shares = new int[weights.length];
        double owed = 0;
        int given = 0;
        for (int i = 0; i < weights.length; i++) {
            owed += spare * weights[i] / sum;
            int share = (int) Math.round(owed) - given;
            given += share;
            shares[i] = 1 + share;
        }
        return shares;
    }
}
