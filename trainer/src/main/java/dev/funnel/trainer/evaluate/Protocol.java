package dev.funnel.trainer.evaluate;

/** How a system is evaluated offline. */
public enum Protocol {
    /** Leave-one-out on the files of He et al. (2017), see {@link NcfEvaluation}. */
    NCF;

    /** The protocol with a name as written on the command line; throws {@link IllegalArgumentException} naming all. */
    public static Protocol named(String name) {
        return Named.of("protocol", name, values());
    }
}
