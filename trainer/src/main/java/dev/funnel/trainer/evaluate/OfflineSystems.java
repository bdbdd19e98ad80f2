package dev.funnel.trainer.evaluate;

import java.util.List;
import java.util.stream.Collectors;

/** The systems that can be evaluated offline, in the order of tables. */
public final class OfflineSystems {

    /** All there are. */
    public static final List<OfflineSystem> ALL = List.of(
            new PopularitySystem(),
            new SvdSystem(),
            new AlsSystem(),
            new SgdSystem(),
            new BprSystem(),
            new CovisitSystem(),
            new ContentSystem(),
            new TowerSystem("softmax-dnn", TowerSystem::softmaxDnn),
            new TowerSystem("two-tower", TowerSystem::twoTower),
            new NcfNetworkSystem(
                    "gmf",
                    task -> NcfNetworkSystem.fromScratch(
                            task,
                            NcfNetworkPlan.gmf(task.settings(), "", NcfNetworkPlan.factors(task.settings(), 32)))),
            new NcfNetworkSystem(
                    "ncf-mlp",
                    task -> NcfNetworkSystem.fromScratch(
                            task,
                            NcfNetworkPlan.mlp(task.settings(), "", NcfNetworkPlan.factors(task.settings(), 32)))),
            new NcfNetworkSystem(
                    "neumf",
                    task -> NcfNetworkSystem.fromScratch(
                            task, NcfNetworkPlan.neumf(task.settings(), NcfNetworkPlan.factors(task.settings(), 64)))),
            new NcfNetworkSystem("neumf-pretrained", task -> NcfPretraining.train(task, 64)));

    private OfflineSystems() {}

    /** The system with a name as written on the command line; throws {@link IllegalArgumentException} naming all. */
    public static OfflineSystem named(String name) {
        return ALL.stream()
                .filter(system -> system.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("system is \"" + name + "\", must be one of " + names()));
    }

    /** The names of all, for people. */
    public static String names() {
        return ALL.stream().map(OfflineSystem::name).collect(Collectors.joining(", "));
    }
}
