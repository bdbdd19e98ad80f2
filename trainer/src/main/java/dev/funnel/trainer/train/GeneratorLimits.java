package dev.funnel.trainer.train;

/** How many candidates each generator nominates unless a pipeline says otherwise, each 1 to 1,000. */
public record GeneratorLimits(int als, int covisit, int popular, int newest) {

    public static final GeneratorLimits DEFAULT = new GeneratorLimits(200, 100, 50, 50);

    public GeneratorLimits {
        for (int limit : new int[] {als, covisit, popular, newest}) {
            if (limit < 1 || limit > 1_000) {
                throw new IllegalArgumentException("a generator's limit is " + limit + ", must be 1 to 1,000");
            }
        }
    }

    /** Limits that add up to {@code total} at most, in the proportion of the defaults. */
    static GeneratorLimits adding(int total) {
        int part = Math.clamp(total / 8, 1, 250);
        return new GeneratorLimits(Math.min(1_000, 4 * part), 2 * part, part, part);
    }

    int of(Generator generator) {
        return switch (generator) {
            case ALS -> als;
            case COVISIT -> covisit;
            case POPULAR -> popular;
            case NEWEST -> newest;
        };
    }
}
