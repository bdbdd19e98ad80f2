package dev.funnel.trainer.simulate;

import dev.funnel.trainer.simulate.Dice.Stream;

/**
 * The space in which videos have a place and viewers a taste: unit vectors of {@value #DIMENSIONS} dimensions. Topics of
 * one group lie near each other; tags lie around their topic.
 */
final class TopicSpace {

    static final int DIMENSIONS = 12;

    private static final int TAGS = 4;

    private final double[][] topics;
    private final double[][] tags;

    TopicSpace(long seed) {
        Dice dice = new Dice(seed, Stream.TOPIC, 0);
        double[][] groups = new double[Vocabulary.GROUPS.size()][];
        for (int g = 0; g < groups.length; g++) {
            groups[g] = direction(dice);
        }
        topics = new double[Vocabulary.TOPICS.length][];
        tags = new double[topics.length * TAGS][];
        for (int t = 0; t < topics.length; t++) {
            topics[t] = direction(dice);
            add(topics[t], .7, groups[Vocabulary.groupOf(t)]);
            normalize(topics[t]);
            for (int tag = 0; tag < TAGS; tag++) {
                tags[t * TAGS + tag] = direction(dice);
            }
        }
    }

    int topicCount() {
        return topics.length;
    }

    double[] topic(int topic) {
        return topics[topic];
    }

    /** Where a tag pulls a video of its topic. */
    double[] tag(int topic, int tag) {
        return tags[topic * TAGS + tag];
    }

    /** A uniformly random unit vector. */
    static double[] direction(Dice dice) {
        double[] vector = new double[DIMENSIONS];
        for (int d = 0; d < DIMENSIONS; d++) {
            vector[d] = dice.gaussian();
        }
        normalize(vector);
        return vector;
    }

    static void add(double[] into, double times, double[] vector) {
        for (int d = 0; d < DIMENSIONS; d++) {
            into[d] += times * vector[d];
        }
    }

    static void normalize(double[] vector) {
        double norm = StrictMath.sqrt(dot(vector, 0, vector, 0));
        for (int d = 0; d < DIMENSIONS; d++) {
            vector[d] /= norm;
        }
    }

    static double dot(double[] a, int fromA, double[] b, int fromB) {
        double sum = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
            sum += a[fromA + d] * b[fromB + d];
        }
        return sum;
    }
}
