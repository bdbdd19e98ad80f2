package dev.funnel.trainer.simulate;

import dev.funnel.trainer.simulate.Dice.Stream;

/** Who uploads: each with topics, a language, a style, and a share of all videos that is heavy-tailed (Zipf-Mandelbrot). */
final class Uploaders {

    private static final double ITEMS_EACH = 12;

    final int[] mainTopic;
    final int[] sideTopic;
    final int[] tongue;
    final String[] country;
    final double[][] accent;
    final double[] quality;
    final double[] baitShare;
    final double[] lnSeconds;
    private final WeightedChoice sizes;

    Uploaders(DemoSettings settings, TopicSpace space, WeightedChoice topics, WeightedChoice tongues) {
        int count = Math.max(3, (int) (settings.items() / ITEMS_EACH));
        mainTopic = new int[count];
        sideTopic = new int[count];
        tongue = new int[count];
        country = new String[count];
        accent = new double[count][];
        quality = new double[count];
        baitShare = new double[count];
        lnSeconds = new double[count];
        double[] weights = new double[count];
        for (int u = 0; u < count; u++) {
            Dice dice = new Dice(settings.seed(), Stream.UPLOADER, u);
            mainTopic[u] = topics.draw(dice);
            sideTopic[u] = dice.below(space.topicCount());
            tongue[u] = tongues.draw(dice);
            country[u] = countryOf(tongue[u], dice);
            accent[u] = TopicSpace.direction(dice);
            quality[u] = dice.gaussian();
            baitShare[u] = dice.chance(.15) ? dice.between(.3, .9) : .03;
            lnSeconds[u] = StrictMath.log(320) + .6 * dice.gaussian();
            weights[u] = StrictMath.pow(u + 6, -.9);
        }
        sizes = new WeightedChoice(weights);
    }

    int draw(Dice dice) {
        return sizes.draw(dice);
    }

    static String id(int uploader) {
        return "channel-%04d".formatted(uploader);
    }

    /** A country where the language is spoken, the first ones more often. */
    static String countryOf(int tongue, Dice dice) {
        String[] countries = Vocabulary.TONGUES[tongue].countries();
        return countries[Math.min(dice.below(countries.length), dice.below(countries.length))];
    }
}
