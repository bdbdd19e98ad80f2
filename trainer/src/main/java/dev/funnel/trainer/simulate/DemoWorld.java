package dev.funnel.trainer.simulate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

/**
 * A simulated video site whose truth is known: the click probability and the expected watch time of any viewer and video,
 * at any position and time.
 *
 * <p>All of it follows from its {@link DemoSettings} and {@link WorldParameters}, which {@code truth.json} holds beside
 * the generated files. Users and items are numbered in the order of those files. Thread-safe; immutable.
 */
public final class DemoWorld {

    public static final String TRUTH_FILE = "truth.json";

    /** When every demo log begins. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static final long START_MS = START.toEpochMilli();
    static final double DAY_MS = 86_400_000.0;

    /** Raised when a change of this code changes what a seed yields. */
    private static final int EDITION = 1;

    /** Shares of videos and of viewers' further interests, by topic; the order is arbitrary, the tail is long. */
    private static final double TOPIC_TAIL = .6;

    private final DemoSettings settings;
    private final WorldParameters parameters;
    private final TopicSpace space;
    private final Videos videos;
    private final Viewers viewers;

    /** The content of {@link #TRUTH_FILE}. */
    record Truth(int edition, DemoSettings settings, WorldParameters parameters) {}

    private DemoWorld(DemoSettings settings, WorldParameters parameters) {
        this.settings = settings;
        this.parameters = parameters;
        this.space = new TopicSpace(settings.seed());
        WeightedChoice topics = new WeightedChoice(topicShares());
        WeightedChoice tongues = new WeightedChoice(Arrays.stream(Vocabulary.TONGUES)
                .mapToDouble(Vocabulary.Tongue::share)
                .toArray());
        this.videos = new Videos(settings, space, new Uploaders(settings, space, topics, tongues));
        this.viewers = new Viewers(settings, space, topics, tongues);
    }

    public static DemoWorld of(DemoSettings settings) {
        return of(settings, WorldParameters.DEFAULT);
    }

    public static DemoWorld of(DemoSettings settings, WorldParameters parameters) {
        return new DemoWorld(settings, parameters);
    }

    /**
     * The world whose files are in {@code directory}.
     *
     * @throws IOException if {@link #TRUTH_FILE} is missing, is not readable, or was written by another edition
     */
    public static DemoWorld open(Path directory) throws IOException {
        Path file = directory.resolve(TRUTH_FILE);
        Truth truth = JsonMapper.builder().build().readValue(Files.readAllBytes(file), Truth.class);
        if (truth.edition() != EDITION) {
            throw new IOException("%s: edition %d of the demo world, this is edition %d: generate it again"
                    .formatted(file, truth.edition(), EDITION));
        }
        return of(truth.settings(), truth.parameters());
    }

    Truth truth() {
        return new Truth(EDITION, settings, parameters);
    }

    public DemoSettings settings() {
        return settings;
    }

    public int userCount() {
        return viewers.count;
    }

    public int itemCount() {
        return videos.count;
    }

    public String userId(int user) {
        return Viewers.id(user);
    }

    public String itemId(int item) {
        return Videos.id(item);
    }

    public float durationSeconds(int item) {
        return videos.durationSeconds[item];
    }

    /** Whether an item was planted as click-bait: it draws clicks that are soon left. */
    public boolean isClickBait(int item) {
        return videos.bait[item] > 0;
    }

    public Instant end() {
        return START.plusMillis((long) (settings.days() * DAY_MS));
    }

    /**
     * The probability that {@code user} clicks {@code item}.
     *
     * @param position on the page, from 0
     * @param timeMs milliseconds since 1970; tastes stand still before and after the log
     */
    public double clickProbability(int user, int item, int position, long timeMs) {
        return examination(position) * sigmoid(clickLogit(user, item, affinity(user, item, timeMs), timeMs));
    }

    /** The watch time to expect of one impression, in seconds: click probability times expected watch given a click. */
    public double expectedWatchSeconds(int user, int item, int position, long timeMs) {
        double affinity = affinity(user, item, timeMs);
        double click = examination(position) * sigmoid(clickLogit(user, item, affinity, timeMs));
        return click * watchIfClicked(attention(user, item, affinity), videos.durationSeconds[item]);
    }

    /** The probability that a viewer looks at a position at all, by that of the first (the position-based model). */
    public double examination(int position) {
        return 1 / (1 + parameters.positionDecay() * position);
    }

    double clickLogit(int user, int item, double affinity, long timeMs) {
        double ageDays = Math.max(0, (timeMs - videos.publishedMs[item]) / DAY_MS);
        double length = (videos.lnDuration[item] - viewers.preferredLnSeconds[user]) / .9;
        boolean foreign = !videos.country[item].equals(viewers.country[user]);
        return parameters.clickBase()
                + parameters.clickTaste() * affinity
                + parameters.clickQuality() * videos.quality[item]
                + parameters.clickBait() * videos.bait[item] * viewers.proneness[user]
                - parameters.languageGap() * languageGap(user, item)
                - (foreign ? parameters.foreign() : 0)
                + parameters.clickFresh() * viewers.novelty[user] * StrictMath.exp(-ageDays / parameters.freshDays())
                - parameters.clickLength() * length * length;
    }

    /** Mean seconds until the viewer turns away, if the video did not end. */
    double attention(int user, int item, double affinity) {
        return parameters.watchSeconds()
                * StrictMath.exp(parameters.watchTaste() * affinity
                        + parameters.watchQuality() * videos.quality[item]
                        - parameters.watchBait() * videos.bait[item]
                        + viewers.patience[user]
                        - parameters.watchLanguage() * languageGap(user, item)
                        + parameters.watchLength() * (videos.lnDuration[item] - StrictMath.log(300)));
    }

    /** Cosine of the viewer's taste at a time and the video's place. */
    double affinity(int user, int item, long timeMs) {
        double share = drifted(user, timeMs);
        double[] first = viewers.tasteFirst[user];
        double[] last = viewers.tasteLast[user];
        double between = TopicSpace.dot(first, 0, last, 0);
        double norm = StrictMath.sqrt((1 - share) * (1 - share) + share * share + 2 * share * (1 - share) * between);
        int at = item * TopicSpace.DIMENSIONS;
        return ((1 - share) * TopicSpace.dot(first, 0, videos.place, at)
                        + share * TopicSpace.dot(last, 0, videos.place, at))
                / norm;
    }

    /** How far the taste has moved from its first towards its last, 0 to 1. */
    double drifted(int user, long timeMs) {
        return viewers.drift[user] * Math.clamp((timeMs - START_MS) / (settings.days() * DAY_MS), 0.0, 1.0);
    }

    /** 0 if the viewer speaks the video's language, a third if only as a second language, 1 if not. */
    double languageGap(int user, int item) {
        int tongue = videos.tongue[item];
        if (tongue == Videos.NO_TONGUE || tongue == viewers.tongue[user]) {
            return 0;
        }
        return tongue == viewers.secondTongue[user] ? 1.0 / 3 : 1;
    }

    TopicSpace space() {
        return space;
    }

    Videos videos() {
        return videos;
    }

    Viewers viewers() {
        return viewers;
    }

    static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    /** The mean of an exponential of mean {@code attention} that is cut at {@code duration}. */
    private static double watchIfClicked(double attention, double duration) {
        return attention * (1 - StrictMath.exp(-duration / attention));
    }

    private static double[] topicShares() {
        double[] shares = new double[Vocabulary.TOPICS.length];
        for (int t = 0; t < shares.length; t++) {
            shares[t] = StrictMath.pow(1 + (t * 7) % shares.length, -TOPIC_TAIL);
        }
        return shares;
    }
}
