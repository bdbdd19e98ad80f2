package dev.funnel.trainer.generate;

/**
 * A way of fitting generators. It is found through {@link java.util.ServiceLoader}: one file with the kind, and its name in {@code
 * META-INF/services}. What candidate-service serves the result with is for {@link FittedGenerator#kind} to say: several
 * ways of fitting may be served alike.
 */
public interface GeneratorKind {

    /** As training configurations name it, e.g. {@code wals}. */
    String name();

    /**
     * How to fit what a line of the configuration asks for. It asks the line for every key it knows; keys that nobody asked for
     * are refused afterwards.
     *
     * @throws IllegalArgumentException naming key, value and rule
     */
    Fitting fitting(GeneratorLine line);
}
