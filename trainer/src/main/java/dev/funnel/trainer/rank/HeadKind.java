package dev.funnel.trainer.rank;

import dev.funnel.bundle.schema.Head;
import dev.funnel.trainer.learn.graph.ModelOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A quantity that a ranker learns to predict. All are learnt by logistic regression: an example counts so much as a positive and so
 * much as a negative, and what is served is a probability or, where positives weigh more than 1, the odds.
 */
public enum HeadKind {
    /** Whether an impression is clicked: a probability. */
    CLICK("1"),
    /** Seconds watched of an impression, 0 if it is not clicked: the mean. */
    WATCH_TIME("s"),
    /** Whether an impression is clicked and then liked: a probability. */
    LIKE("1"),
    /** Where nobody knows what was shown: odds that an item is among the interactions, by their weight. */
    PREFERENCE("1");

    /** Logits are clipped to these, so that exp stays finite. */
    private static final ModelOutput.Transform ODDS = new ModelOutput.Odds(-15, 15);

    private final String unit;

    HeadKind(String unit) {
        this.unit = unit;
    }

    /** The kind with a name as written in configuration. */
    public static HeadKind named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("head is \"" + name + "\", must be one of "
                        + Arrays.stream(values()).map(HeadKind::label).collect(Collectors.joining(", "))));
    }

    /** The name in configuration, schemas and formulas. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the schema says of it. */
    Head head() {
        return new Head(label(), label(), unit);
    }

    static List<Head> heads(List<HeadKind> kinds) {
        return kinds.stream().map(HeadKind::head).toList();
    }

    /** What is served of its logit. */
    ModelOutput.Transform transform() {
        return switch (this) {
            case CLICK, LIKE -> new ModelOutput.Probability();
            case WATCH_TIME, PREFERENCE -> ODDS;
        };
    }

    /** How what is served follows from its logit. */
    MeanCalibration.Link link() {
        return switch (this) {
            case CLICK, LIKE -> MeanCalibration.Link.PROBABILITY;
            case WATCH_TIME, PREFERENCE -> MeanCalibration.Link.ODDS;
        };
    }

    /** Whether what is served is to have the mean that is seen: the paper's odds are another quantity. */
    boolean servesMeans(RankerSettings.Weighting weighting) {
        return link() == MeanCalibration.Link.PROBABILITY || weighting == RankerSettings.Weighting.EXPECTED_WEIGHT;
    }

    /** What an example turned out to be, in the head's unit: what its prediction is compared with. */
    float observed(Page page, int i) {
        return switch (this) {
            case CLICK -> page.positive()[i] ? 1 : 0;
            case LIKE -> page.liked().length > 0 && page.liked()[i] ? 1 : 0;
            case WATCH_TIME, PREFERENCE -> page.weights()[i];
        };
    }

    /** How much an example counts as a negative. */
    float negative(Page page, int i, RankerSettings.Weighting weighting) {
        return switch (this) {
            case CLICK, LIKE -> 1 - observed(page, i);
            case WATCH_TIME, PREFERENCE ->
                switch (weighting) {
                    case EXPECTED_WEIGHT -> 1;
                    case PAPER -> page.positive()[i] ? 0 : 1;
                };
        };
    }
}
