package dev.funnel.trainer.generate;

/**
 * A generator of the training configuration.
 *
 * @param name its identifier in bundles, configuration and reports
 * @param kind what fits it, see {@link GeneratorKind}
 * @param limit how many candidates it nominates unless a pipeline says otherwise, 1 to 10,000
 * @param index of its item vectors, if it has any
 * @param fitting fits it
 */
public record GeneratorPlan(String name, String kind, int limit, IndexPlan index, Fitting fitting) {

    public static final int MOST = 10_000;

    public GeneratorPlan {
        if (!name.matches("[a-z0-9][a-z0-9_-]{0,63}")) {
            throw new IllegalArgumentException("name is \"" + name + "\", must be [a-z0-9][a-z0-9_-]*");
        }
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit of " + name + " is " + limit + ", must be 1 to " + MOST);
        }
    }

    /** The same with another limit. */
    public GeneratorPlan limitedTo(int limit) {
        return new GeneratorPlan(name, kind, limit, index, fitting);
    }
}
