package dev.funnel.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far what one head predicted agreed with what was then seen, on examples that it was not trained on.
 *
 * @param head its name
 * @param group which examples: {@value #ALL}, or those of some users, e.g. {@code country DE}
 * @param parts of these examples, by rising prediction, of about equal size, 1 to 100
 */
public record HeadReliability(String head, String group, List<Part> parts) {
    /** Every example. */
    public static final String ALL = "all";

    private static final int MOST_PARTS = 100;
    private static final int MOST_GROUP_CHARACTERS = 200;

    /**
     * A part of the examples.
     *
     * @param examples how many, at least 1
     * @param predicted mean of what was predicted, in the head's unit
     * @param observed mean of what was seen, in the same unit
     */
    public record Part(int examples, double predicted, double observed) {
        /** Refuses an empty part and means that are not finite. */
        public Part {
            Bounds.check("examples of a part", examples, 1, Integer.MAX_VALUE);
            if (!Double.isFinite(predicted) || !Double.isFinite(observed)) {
                throw new IllegalArgumentException(
                        "a part's means are " + predicted + " and " + observed + ", must be finite");
            }
        }

        /** What was predicted over what was seen: 1 is right, infinite if nothing was seen. */
        public double ratio() {
            return predicted / observed;
        }
    }

    /** Refuses values out of bounds. */
    public HeadReliability(String head, String group, @Nullable List<Part> parts) {
        this.head = ComponentNames.check("head", head);
        this.group = Bounds.present("group of head " + head, group);
        this.parts = Bounds.list("parts of head " + head, parts);
        Bounds.check("length of a group's name", group.length(), 1, MOST_GROUP_CHARACTERS);
        Bounds.check("number of parts of head " + head, this.parts.size(), 1, MOST_PARTS);
    }

    /** What was predicted over what was seen, of all parts together. */
    public double ratio() {
        double predicted = 0;
        double observed = 0;
        for (Part part : parts) {
            predicted += part.examples() * part.predicted();
            observed += part.examples() * part.observed();
        }
        return predicted / observed;
    }

    /** The part whose ratio is furthest from 1, as a ratio. */
    public double worstRatio() {
        double worst = 1;
        for (Part part : parts) {
            worst = Math.abs(Math.log(part.ratio())) > Math.abs(Math.log(worst)) ? part.ratio() : worst;
        }
        return worst;
    }

    /** How many examples there were. */
    public int examples() {
        return parts.stream().mapToInt(Part::examples).sum();
    }
}
