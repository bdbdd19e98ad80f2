package dev.funnel.trainer.simulate;

import dev.funnel.trainer.simulate.Dice.Stream;
import java.util.Arrays;
import java.util.List;

/**
 * The demo world's videos as parallel columns, in order of their upload: those uploaded before an instant are a prefix.
 * Columns that files carry (topic, language, ...) stand beside hidden ones that only the truth knows ({@code quality},
 * {@code bait}, {@code place}) and {@code fame}, which only the logging policy heeds.
 */
final class Videos {

    static final long NEVER = Long.MIN_VALUE;
    static final int NO_TONGUE = -1;

    private static final double UPLOADED_DURING_LOG = .35;
    private static final double DAYS_BEFORE = 150;

    final int count;
    final int[] uploader;
    final int[] topic;
    final int[] tag;
    final int[] secondTopic;
    final int[] tongue;
    final String[] country;
    final long[] publishedMs;
    final long[] expiresMs;
    final float[] durationSeconds;
    final double[] lnDuration;
    final int[] maturity;
    final int[] resolution;
    final String[] format;
    final String[] title;
    final double[] quality;
    final double[] bait;
    final double[] fame;
    final double[] place;

    Videos(DemoSettings settings, TopicSpace space, Uploaders uploaders) {
        count = settings.items();
        uploader = new int[count];
        topic = new int[count];
        tag = new int[count];
        secondTopic = new int[count];
        tongue = new int[count];
        country = new String[count];
        publishedMs = uploadTimes(settings);
        expiresMs = new long[count];
        durationSeconds = new float[count];
        lnDuration = new double[count];
        maturity = new int[count];
        resolution = new int[count];
        format = new String[count];
        title = new String[count];
        quality = new double[count];
        bait = new double[count];
        fame = new double[count];
        place = new double[count * TopicSpace.DIMENSIONS];
        for (int i = 0; i < count; i++) {
            make(i, new Dice(settings.seed(), Stream.VIDEO, i + 1L), space, uploaders);
        }
    }

    static String id(int item) {
        return "v%06d".formatted(item);
    }

    /** How many videos were uploaded at or before an instant. */
    int publishedBy(long timeMs) {
        int at = Arrays.binarySearch(publishedMs, timeMs);
        while (at >= 0 && at + 1 < count && publishedMs[at + 1] == timeMs) {
            at++;
        }
        return at >= 0 ? at + 1 : -at - 1;
    }

    boolean expired(int item, long timeMs) {
        return expiresMs[item] != NEVER && expiresMs[item] <= timeMs;
    }

    List<String> categories(int item) {
        String main = Vocabulary.TOPICS[topic[item]].name();
        String group = Vocabulary.GROUPS.get(Vocabulary.groupOf(topic[item])).name();
        return secondTopic[item] == topic[item]
                ? List.of(group, main)
                : List.of(group, main, Vocabulary.TOPICS[secondTopic[item]].name());
    }

    List<String> tags(int item) {
        return List.of(tagName(item), format[item]);
    }

    String tagName(int item) {
        return Vocabulary.TOPICS[topic[item]].tags()[tag[item]];
    }

    private static long[] uploadTimes(DemoSettings settings) {
        Dice dice = new Dice(settings.seed(), Stream.VIDEO, 0);
        long[] times = new long[settings.items()];
        for (int i = 0; i < times.length; i++) {
            double days = dice.chance(UPLOADED_DURING_LOG)
                    ? dice.between(0, settings.days())
                    : -DAYS_BEFORE * dice.exponential();
            times[i] = DemoWorld.START_MS + (long) (days * DemoWorld.DAY_MS);
        }
        Arrays.sort(times);
        return times;
    }

    private void make(int i, Dice dice, TopicSpace space, Uploaders uploaders) {
        int by = uploaders.draw(dice);
        uploader[i] = by;
        topic[i] = dice.chance(.8) ? uploaders.mainTopic[by] : uploaders.sideTopic[by];
        secondTopic[i] = dice.chance(.15) ? dice.below(space.topicCount()) : topic[i];
        tag[i] = dice.below(Vocabulary.TOPICS[topic[i]].tags().length);
        boolean wordless = Vocabulary.groupOf(topic[i]) == 1 && dice.chance(.4);
        tongue[i] = wordless ? NO_TONGUE : uploaders.tongue[by];
        country[i] = uploaders.country[by];
        quality[i] = (uploaders.quality[by] + .8 * dice.gaussian()) / 1.28;
        bait[i] = dice.chance(uploaders.baitShare[by]) ? dice.between(.6, 1) : 0;
        fame[i] = .5 * quality[i] + .9 * dice.gaussian();
        describe(i, dice, uploaders.lnSeconds[by]);
        locate(i, dice, space, uploaders.accent[by]);
    }

    private void describe(int i, Dice dice, double lnSeconds) {
        double ln = Math.clamp(lnSeconds + .55 * dice.gaussian(), StrictMath.log(15), StrictMath.log(7200));
        durationSeconds[i] = Math.round(StrictMath.exp(ln));
        lnDuration[i] = StrictMath.log(durationSeconds[i]);
        expiresMs[i] = dice.chance(.02) ? publishedMs[i] + (long) (dice.between(5, 60) * DemoWorld.DAY_MS) : NEVER;
        maturity[i] = dice.chance(.8) ? 0 : dice.chance(.6) ? 12 : dice.chance(.6) ? 16 : 18;
        resolution[i] = quality[i] + dice.gaussian() > 1.2 ? 2160 : quality[i] + dice.gaussian() > -.5 ? 1080 : 480;
        format[i] = durationSeconds[i] < 90 ? "short" : dice.oneOf(Vocabulary.FORMATS);
        String words = dice.oneOf(bait[i] > 0 ? Vocabulary.BAIT_TITLES : Vocabulary.PLAIN_TITLES);
        title[i] = words.formatted(Vocabulary.TOPICS[topic[i]].name(), tagName(i), 1 + dice.below(20));
    }

    private void locate(int i, Dice dice, TopicSpace space, double[] accent) {
        double[] at = space.topic(topic[i]).clone();
        TopicSpace.add(at, .35, space.topic(secondTopic[i]));
        TopicSpace.add(at, .5, space.tag(topic[i], tag[i]));
        TopicSpace.add(at, .35, accent);
        TopicSpace.add(at, .3, TopicSpace.direction(dice));
        TopicSpace.normalize(at);
        System.arraycopy(at, 0, place, i * TopicSpace.DIMENSIONS, TopicSpace.DIMENSIONS);
    }
}
