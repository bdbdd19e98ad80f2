package dev.funnel.bundle;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest says of one candidate generator.
 *
 * @param name its identifier in configuration, provenance and metrics, e.g. {@code als}
 * @param kind what reads it: {@code factorization}, {@code covisitation} or {@code ranked-list}
 * @param file its tensors
 * @param similarity how its vectors are compared, e.g. {@code dot}; null if it has none
 * @param dimensions of its vectors; 0 if it has none
 * @param defaultLimit how many candidates it nominates if the pipeline does not say, 1 to 10,000
 * @param calibration from its score to a probability
 * @param seedCalibration the same where the seed item is what was searched for, whose scores say something else; null: there is only
 *     {@code calibration}
 * @param measuredRecall share of held-out items among its first {@code defaultLimit}, 0 to 1; null if not measured
 * @param parameters what it was fitted with, and what folding in needs, e.g. {@code unobserved_weight}
 * @param index of its item vectors; null if it has none, or services choose when they load it
 */
public record GeneratorEntry(
        String name,
        String kind,
        String file,
        @Nullable String similarity,
        int dimensions,
        int defaultLimit,
        Calibration calibration,
        @Nullable Calibration seedCalibration,
        @Nullable Double measuredRecall,
        Map<String, Double> parameters,
        @Nullable IndexEntry index) {
    /**
     * Parameter of a list of the newest: when the first of them was published, milliseconds since 1970. Live items are compared with it.
     */
    public static final String NEWEST_AT_MS = "newest_at_ms";

    private static final int MAX_LIMIT = 10_000;
    private static final int MAX_DIMENSIONS = 65_536;

    /** Refuses values out of bounds. */
    public GeneratorEntry(
            String name,
            String kind,
            String file,
            @Nullable String similarity,
            int dimensions,
            int defaultLimit,
            Calibration calibration,
            @Nullable Calibration seedCalibration,
            @Nullable Double measuredRecall,
            @Nullable Map<String, Double> parameters,
            @Nullable IndexEntry index) {
        this.name = ComponentNames.check("generator", name);
        this.kind = ComponentNames.check("generator kind", kind);
        this.file = BundlePaths.check(file);
        this.similarity = similarity;
        this.dimensions = Bounds.check("dimensions of generator " + name, dimensions, 0, MAX_DIMENSIONS);
        this.defaultLimit = Bounds.check("default limit of generator " + name, defaultLimit, 1, MAX_LIMIT);
        this.calibration = Bounds.present("calibration of generator " + name, calibration);
        this.seedCalibration = seedCalibration;
        this.measuredRecall = measuredRecall;
        this.parameters = Bounds.finite("parameters of generator " + name, parameters);
        this.index = index;
        if (measuredRecall != null && !(measuredRecall >= 0 && measuredRecall <= 1)) {
            throw new IllegalArgumentException(
                    "measured recall of generator " + name + " is " + measuredRecall + ", not within 0 to 1");
        }
    }

    /** One without a calibration of its own for seeds, whose index is for services to choose. */
    public GeneratorEntry(
            String name,
            String kind,
            String file,
            @Nullable String similarity,
            int dimensions,
            int defaultLimit,
            Calibration calibration,
            @Nullable Double measuredRecall,
            Map<String, Double> parameters) {
        this(
                name,
                kind,
                file,
                similarity,
                dimensions,
                defaultLimit,
                calibration,
                null,
                measuredRecall,
                parameters,
                null);
    }

    /** The same with another index. */
    public GeneratorEntry withIndex(@Nullable IndexEntry other) {
        return with(seedCalibration, other);
    }

    /** The same with another calibration of seed queries. */
    public GeneratorEntry withSeedCalibration(@Nullable Calibration other) {
        return with(other, index);
    }

    private GeneratorEntry with(@Nullable Calibration otherOfSeeds, @Nullable IndexEntry otherIndex) {
        return new GeneratorEntry(
                name,
                kind,
                file,
                similarity,
                dimensions,
                defaultLimit,
                calibration,
                otherOfSeeds,
                measuredRecall,
                parameters,
                otherIndex);
    }

    /** The probability that a score stands for; {@code ofSeed}: it says how like the seed item an item is. */
    public float probability(float score, boolean ofSeed) {
        return (ofSeed && seedCalibration != null ? seedCalibration : calibration).probability(score);
    }
}
