package dev.funnel.trainer.known;

import java.util.SplittableRandom;

/**
 * Videos and viewers of whom everything that matters is a feature, so that a ranker can know all there is to know: the expected
 * watch time of any viewer, video and position is a formula of what the ranker reads.
 *
 * <pre>
 * P(click)       = sigmoid(-1.9 + 2.4 (lure^2 - 1/3) + cos(2 pi (pace - mood)) + genre's pull) / (1 + 0.1 position)
 * E[T | click]   = 40 s * exp(1.8 (sqrt(depth) - 2/3) - 1.8 (lure^2 - 1/3) + 0.7 cos(2 pi (pace - mood)) + genre's hold)
 * T              = exponential
 * </pre>
 *
 * Lure, depth, pace and mood lie evenly in [0, 1]. Features hold monotone functions of them with long tails, of which quantiles
 * recover them. What lures is left soon: clicks and watch time disagree. Pace has to match the viewer's mood, which no sum over
 * features tells.
 *
 * @param lure by video
 * @param depth by video
 * @param pace by video
 * @param genre by video, below {@value #GENRES}
 * @param mood by viewer
 */
record KnownWorld(double[] lure, double[] depth, double[] pace, int[] genre, double[] mood) {
    static final int GENRES = 6;

    private static final double[] PULL = {0, .3, -.3, .5, -.5, .1};
    private static final double[] HOLD = {.3, -.3, .4, -.2, .1, -.4};

    static KnownWorld of(int videos, int viewers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new KnownWorld(
                random.doubles(videos).toArray(),
                random.doubles(videos).toArray(),
                random.doubles(videos).toArray(),
                random.ints(videos, 0, GENRES).toArray(),
                random.doubles(viewers).toArray());
    }

    int videos() {
        return lure.length;
    }

    int viewers() {
        return mood.length;
    }

    /** @param position on the page, from 0 */
    double clickProbability(int viewer, int video, int position) {
        double logit = -1.9 + 2.4 * (lure[video] * lure[video] - 1.0 / 3) + match(viewer, video) + PULL[genre[video]];
        return 1 / (1 + Math.exp(-logit)) / (1 + .1 * position);
    }

    /** Seconds that a viewer who clicks watches on average. */
    double secondsOfClick(int viewer, int video) {
        return 40
                * Math.exp(1.8 * (Math.sqrt(depth[video]) - 2.0 / 3)
                        - 1.8 * (lure[video] * lure[video] - 1.0 / 3)
                        + .7 * match(viewer, video)
                        + HOLD[genre[video]]);
    }

    /** Seconds to expect of an impression. */
    double expectedSeconds(int viewer, int video, int position) {
        return clickProbability(viewer, video, position) * secondsOfClick(viewer, video);
    }

    private double match(int viewer, int video) {
        return Math.cos(2 * Math.PI * (pace[video] - mood[viewer]));
    }

    /** What a feature holds of a number in [0, 1): it grows with it, with a long tail. */
    static float longTailed(double share) {
        return (float) (Math.pow(1 - share, -1.5) - 1);
    }
}
