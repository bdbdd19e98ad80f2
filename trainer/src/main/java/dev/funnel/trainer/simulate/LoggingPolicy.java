package dev.funnel.trainer.simulate;

import java.util.Arrays;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * What the site showed before Funnel: pages that mix popular, new, matching and random videos in a noisy order. It sees
 * tastes through noise, and never the quality of a video: what is shown is biased, as real logs are, but every video has a
 * chance. One per simulating thread; only its weights are shared.
 */
final class LoggingPolicy {

    /** Why a video is on a page; the names are what the impressions file carries. */
    enum Source {
        POPULAR,
        TASTE,
        NEWEST,
        EXPLORE
    }

    private static final Source[] SOURCES = Source.values();
    private static final double[] SOURCE_SHARES = {.27, .43, .15, .15};

    private static final int DRAWS = 40;
    private static final int TASTE_ROUNDS = 6;
    private static final double TASTE_NOISE = .3;
    private static final double NEWEST_RANK = 40;
    private static final double FOREIGN_LANGUAGE_KEPT = .3;

    private final DemoWorld world;
    private final Weights weights;
    private final int[] shownOn;
    private final int[] watchedBy;
    private int page;
    private int viewer;
    private int user;
    private double[] topicsFirst = {};
    private double[] topicsLast = {};

    /** The draws that do not depend on the viewer, made once per world. */
    static final class Weights {
        private final WeightedChoice sources = new WeightedChoice(SOURCE_SHARES);
        private final WeightedChoice popular;
        private final WeightedChoice[] ofTopic;
        private final int[][] itemsOfTopic;

        Weights(DemoWorld world) {
            Videos videos = world.videos();
            popular = new WeightedChoice(Arrays.stream(videos.fame)
                    .map(fame -> StrictMath.exp(1.3 * fame))
                    .toArray());
            itemsOfTopic = new int[world.space().topicCount()][];
            ofTopic = new WeightedChoice[itemsOfTopic.length];
            for (int t = 0; t < itemsOfTopic.length; t++) {
                int topic = t;
                itemsOfTopic[t] = IntStream.range(0, videos.count)
                        .filter(i -> videos.topic[i] == topic)
                        .toArray();
                if (itemsOfTopic[t].length > 0) {
                    ofTopic[t] = new WeightedChoice(Arrays.stream(itemsOfTopic[t])
                            .mapToDouble(i -> StrictMath.exp(.6 * videos.fame[i]))
                            .toArray());
                }
            }
        }
    }

    LoggingPolicy(DemoWorld world, Weights weights) {
        this.world = world;
        this.weights = weights;
        this.shownOn = new int[world.itemCount()];
        this.watchedBy = new int[world.itemCount()];
    }

    /** Turns to another viewer, who has watched nothing. */
    void welcome(int newUser) {
        user = newUser;
        viewer++;
        topicsFirst = topicWeights(world.viewers().tasteFirst[user]);
        topicsLast = topicWeights(world.viewers().tasteLast[user]);
    }

    /** From now on the video is not shown to this viewer. */
    void watched(int item) {
        watchedBy[item] = viewer;
    }

    /** Fills {@code into} with {@code wanted} different videos, or fewer if there are none left, best position first. */
    void fill(Page into, int wanted, long timeMs, Dice dice) {
        page++;
        into.clear();
        int published = world.videos().publishedBy(timeMs);
        for (int slot = 0; slot < wanted && published > 0; slot++) {
            Source source = SOURCES[weights.sources.draw(dice)];
            int item = find(source, published, timeMs, dice);
            if (item < 0) {
                source = Source.EXPLORE;
                item = find(source, published, timeMs, dice);
            }
            if (item >= 0) {
                shownOn[item] = page;
                double match = noisyMatch(item, timeMs, dice);
                into.add(item, source, score(source, item, match, timeMs), order(item, match, dice));
            }
        }
        into.sort();
    }

    /** A video that the viewer finds alone, by search or a link: one of a topic of theirs, or -1. */
    int find(long timeMs, Dice dice) {
        page++;
        return find(Source.TASTE, world.videos().publishedBy(timeMs), timeMs, dice);
    }

    private int find(Source source, int published, long timeMs, Dice dice) {
        return switch (source) {
            case POPULAR -> draw(published, timeMs, dice, () -> weights.popular.draw(dice));
            case TASTE -> matching(published, timeMs, dice);
            case NEWEST ->
                draw(published, timeMs, dice, () -> published - 1 - (int) (NEWEST_RANK * dice.exponential()));
            case EXPLORE -> draw(published, timeMs, dice, () -> dice.below(published));
        };
    }

    /** The best of a few videos of a topic the viewer cares for. */
    private int matching(int published, long timeMs, Dice dice) {
        int topic = topic(timeMs, dice);
        WeightedChoice choice = weights.ofTopic[topic];
        if (choice == null) {
            return -1;
        }
        int best = -1;
        double bestMatch = 0;
        for (int round = 0; round < TASTE_ROUNDS; round++) {
            int item = draw(published, timeMs, dice, () -> weights.itemsOfTopic[topic][choice.draw(dice)]);
            if (item >= 0) {
                double match = noisyMatch(item, timeMs, dice);
                if (best < 0 || match > bestMatch) {
                    best = item;
                    bestMatch = match;
                }
            }
        }
        return best;
    }

    private int draw(int published, long timeMs, Dice dice, IntSupplier candidates) {
        for (int attempt = 0; attempt < DRAWS; attempt++) {
            int item = candidates.getAsInt();
            if (item >= 0 && item < published && showable(item, timeMs) && understood(item, dice)) {
                return item;
            }
        }
        return -1;
    }

    private boolean showable(int item, long timeMs) {
        return shownOn[item] != page
                && watchedBy[item] != viewer
                && !world.videos().expired(item, timeMs);
    }

    private boolean understood(int item, Dice dice) {
        return world.languageGap(user, item) == 0 || dice.chance(FOREIGN_LANGUAGE_KEPT);
    }

    private double noisyMatch(int item, long timeMs, Dice dice) {
        return world.affinity(user, item, timeMs) + TASTE_NOISE * dice.gaussian();
    }

    private double order(int item, double match, Dice dice) {
        return .8 * match + .3 * world.videos().fame[item] + .7 * dice.gaussian();
    }

    private float score(Source source, int item, double match, long timeMs) {
        return (float)
                switch (source) {
                    case POPULAR -> world.videos().fame[item];
                    case TASTE -> match;
                    case NEWEST -> (world.videos().publishedMs[item] - timeMs) / DemoWorld.DAY_MS;
                    case EXPLORE -> 0;
                };
    }

    private int topic(long timeMs, Dice dice) {
        double[] weights = dice.chance(world.drifted(user, timeMs)) ? topicsLast : topicsFirst;
        double left = dice.uniform() * weights[weights.length - 1];
        int topic = 0;
        while (weights[topic] < left) {
            topic++;
        }
        return topic;
    }

    /** Running sums of how much a taste cares for each topic. */
    private double[] topicWeights(double[] taste) {
        double[] sums = new double[world.space().topicCount()];
        double sum = 0;
        for (int t = 0; t < sums.length; t++) {
            sum += StrictMath.exp(5 * TopicSpace.dot(taste, 0, world.space().topic(t), 0));
            sums[t] = sum;
        }
        return sums;
    }
}
