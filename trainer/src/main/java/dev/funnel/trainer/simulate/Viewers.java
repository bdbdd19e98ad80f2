package dev.funnel.trainer.simulate;

import dev.funnel.trainer.simulate.Dice.Stream;

/**
 * The demo world's viewers as parallel columns: a profile that files carry, and what only the truth knows. A taste leads
 * from {@code tasteFirst} at the start of the log towards {@code tasteLast} by the share {@code drift} at its end.
 */
final class Viewers {

    static final String[] DEVICES = {"phone", "tablet", "desktop", "tv"};

    private static final double[] DEVICE_SHARES = {.55, .1, .2, .15};

    final int count;
    final int[] tongue;
    final int[] secondTongue;
    final String[] country;
    final int[] age;
    final String[] gender;
    final double[][] tasteFirst;
    final double[][] tasteLast;
    final double[] drift;
    final double[] patience;
    final double[] preferredLnSeconds;
    final double[] novelty;
    final double[] proneness;
    final double[] activity;
    final double[] joined;
    final int[] device;

    Viewers(DemoSettings settings, TopicSpace space, WeightedChoice topics, WeightedChoice tongues) {
        count = settings.users();
        tongue = new int[count];
        secondTongue = new int[count];
        country = new String[count];
        age = new int[count];
        gender = new String[count];
        tasteFirst = new double[count][];
        tasteLast = new double[count][];
        drift = new double[count];
        patience = new double[count];
        preferredLnSeconds = new double[count];
        novelty = new double[count];
        proneness = new double[count];
        activity = new double[count];
        joined = new double[count];
        device = new int[count];
        WeightedChoice devices = new WeightedChoice(DEVICE_SHARES);
        for (int v = 0; v < count; v++) {
            Dice dice = new Dice(settings.seed(), Stream.VIEWER, v);
            profile(v, dice, tongues);
            tastes(v, dice, space, topics);
            habits(v, dice, devices);
        }
    }

    static String id(int user) {
        return "u%06d".formatted(user);
    }

    private void profile(int v, Dice dice, WeightedChoice tongues) {
        tongue[v] = tongues.draw(dice);
        secondTongue[v] = tongue[v] != 0 && dice.chance(.4) ? 0 : tongue[v];
        country[v] = Uploaders.countryOf(tongue[v], dice);
        age[v] = (int) Math.clamp(Math.round(31 * StrictMath.exp(.35 * dice.gaussian())), 13, 90);
        gender[v] = dice.chance(.49) ? "female" : dice.chance(.96) ? "male" : "other";
    }

    private void tastes(int v, Dice dice, TopicSpace space, WeightedChoice topics) {
        tasteFirst[v] = taste(dice, space, topics, v);
        tasteLast[v] = taste(dice, space, topics, v);
        drift[v] = dice.between(.1, .6);
    }

    /** A mix of one to four topics, of which the first follows age and gender. */
    private double[] taste(Dice dice, TopicSpace space, WeightedChoice topics, int v) {
        double[] taste = new double[TopicSpace.DIMENSIONS];
        int leaning = (age[v] / 12 + ("female".equals(gender[v]) ? 3 : 0)) % Vocabulary.GROUPS.size();
        TopicSpace.add(taste, 1, space.topic(leaning * 4 + dice.below(4)));
        int more = dice.below(4);
        for (int k = 0; k < more; k++) {
            TopicSpace.add(taste, dice.between(.4, 1.2), space.topic(topics.draw(dice)));
        }
        TopicSpace.add(taste, .35, TopicSpace.direction(dice));
        TopicSpace.normalize(taste);
        return taste;
    }

    private void habits(int v, Dice dice, WeightedChoice devices) {
        patience[v] = .35 * dice.gaussian();
        preferredLnSeconds[v] = StrictMath.log(300) + .012 * (age[v] - 31) + .5 * dice.gaussian();
        novelty[v] = dice.between(.5, 1.5);
        proneness[v] = dice.between(.5, 1.5);
        activity[v] = StrictMath.exp(.9 * dice.gaussian());
        joined[v] = dice.chance(.7) ? 0 : dice.between(0, .95);
        device[v] = devices.draw(dice);
    }
}
