package dev.funnel.trainer.network;

import java.util.List;
import java.util.stream.Collectors;

/** The networks there are. */
public final class Networks {

    /** All of them. */
    public static final List<Network> ALL = List.of(
            new Mlp(),
            new LogisticRegression(),
            new FactorizationMachine(),
            new WideAndDeep(),
            new Gmf(),
            new NcfMlp(),
            new NeuMf(),
            new DeepFm(),
            new XDeepFm(),
            new NeuralFm());

    private Networks() {}

    /** The network of a name; throws {@link IllegalArgumentException} naming all. */
    public static Network named(String name) {
        return ALL.stream()
                .filter(network -> network.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("network is \"" + name + "\", must be one of " + names()));
    }

    /** The names of all, for people. */
    public static String names() {
        return ALL.stream().map(Network::name).collect(Collectors.joining(", "));
    }
}
