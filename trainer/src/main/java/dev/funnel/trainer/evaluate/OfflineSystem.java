package dev.funnel.trainer.evaluate;

/** A system that {@link OfflineEvaluation} can fit and evaluate. */
public enum OfflineSystem {
    /** The most popular items, the same for everybody. */
    POPULARITY,
    /** Items related to those of the user's history, see {@link dev.funnel.trainer.fit.Covisitation}. */
    COVISIT,
    /** Weighted matrix factorisation, see {@link dev.funnel.trainer.fit.Wals}. */
    ALS;

    /** The system with a name as written on the command line; throws {@link IllegalArgumentException} naming all. */
    public static OfflineSystem named(String name) {
        return Named.of("system", name, values());
    }
}
