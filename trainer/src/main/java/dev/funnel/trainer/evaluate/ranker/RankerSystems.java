package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.trainer.evaluate.ranker.NetworkPlan.Cost;
import dev.funnel.trainer.evaluate.ranker.NetworkPlan.Descent;
import dev.funnel.trainer.evaluate.ranker.NetworkPlan.Inputs;
import dev.funnel.trainer.network.NetworkShape;
import java.util.List;
import java.util.Map;

/** The rankers that are evaluated on rows of features, in the order of tables; their settings were picked on validation parts. */
final class RankerSystems {
    private static final String FRAPPE = "frappe";
    private static final String ADULT = "adult";
    private static final String KUAIRAND = "kuairand";

    private static final NetworkShape FLAT = NetworkShape.of(List.of());
    private static final Inputs WEIGHTS = new Inputs(0, true, 0);

    static final List<RankerSystem> ALL = List.of(
            new NetworkSystem(
                    "logistic-regression",
                    Map.of(
                            FRAPPE, plan("logistic-regression", WEIGHTS, FLAT, descent(30, 512, 0.02f, 0)),
                            ADULT, plan("logistic-regression", WEIGHTS, FLAT, descent(30, 256, 0.02f, 0)))),
            new NetworkSystem(
                    "fm", Map.of(FRAPPE, squares("fm", 64, shape(List.of(), 0.3f), descent(40, 512, 0.1f, 0)))),
            new NetworkSystem(
                    "nfm", Map.of(FRAPPE, squares("nfm", 64, shape(List.of(64), 0.3f), descent(40, 512, 0.1f, 0)))),
            new NetworkSystem(
                    "wide-and-deep",
                    Map.of(
                            FRAPPE,
                            plan(
                                    "wide-and-deep",
                                    fields(64),
                                    shape(List.of(256, 128), 0.3f),
                                    descent(40, 2048, 0.05f, 3e-4f)),
                            ADULT,
                            plan(
                                    "wide-and-deep",
                                    fields(8),
                                    shape(List.of(100, 50), 0.2f),
                                    descent(20, 256, 0.02f, 0)))),
            new NetworkSystem(
                    "deepfm",
                    Map.of(
                            FRAPPE,
                            plan(
                                    "deepfm",
                                    fields(64),
                                    shape(List.of(256, 128), 0.5f),
                                    descent(40, 512, 0.03f, 1e-4f)))),
            new NetworkSystem(
                    "xdeepfm",
                    Map.of(
                            FRAPPE,
                            plan(
                                    "xdeepfm",
                                    fields(16),
                                    new NetworkShape(List.of(256, 128), 0.5f, List.of(32, 32), List.of(0f)),
                                    descent(40, 512, 0.05f, 1e-4f)))),
            new NetworkSystem(
                    "play-time",
                    Map.of(
                            KUAIRAND,
                            new NetworkPlan(
                                    "mlp",
                                    Cost.WEIGHTED,
                                    new Inputs(8, false, 0.01),
                                    new NetworkShape(List.of(128, 64), 0.2f, List.of(), List.of(3f)),
                                    descent(20, 256, 0.02f, 0)))),
            new TreesSystem());

    private RankerSystems() {}

    /** The system of a name that goes with a data set; throws {@link IllegalArgumentException} naming those that do. */
    static RankerSystem named(String name, String data) {
        return ALL.stream()
                .filter(system -> system.name().equals(name) && system.goesWith(data))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is not evaluated on " + data
                        + ", where these are: " + String.join(", ", names(data))));
    }

    /** The systems that go with a data set. */
    static List<String> names(String data) {
        return ALL.stream()
                .filter(system -> system.goesWith(data))
                .map(RankerSystem::name)
                .toList();
    }

    private static NetworkPlan plan(String network, Inputs inputs, NetworkShape shape, Descent descent) {
        return new NetworkPlan(network, Cost.LOGISTIC, inputs, shape, descent);
    }

    private static NetworkPlan squares(String network, int width, NetworkShape shape, Descent descent) {
        return new NetworkPlan(network, Cost.SQUARED, fields(width), shape, descent);
    }

    private static Inputs fields(int width) {
        return new Inputs(width, true, 0.01);
    }

    private static NetworkShape shape(List<Integer> hidden, float dropout) {
        return new NetworkShape(hidden, dropout, List.of(), List.of(0f));
    }

    private static Descent descent(int epochs, int batch, float tableRate, float tableDecay) {
        return new Descent(epochs, 4, batch, 1e-3f, 0, tableRate, tableDecay, true);
    }
}
