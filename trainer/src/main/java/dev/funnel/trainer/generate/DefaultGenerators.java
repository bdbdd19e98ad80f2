package dev.funnel.trainer.generate;

import java.util.List;
import java.util.Map;

/** The generators that are trained where no configuration names any. */
public final class DefaultGenerators {

    private DefaultGenerators() {}

    /** In the order of reports and features. */
    public static List<GeneratorPlan> plans() {
        GeneratorKinds kinds = GeneratorKinds.installed();
        return List.of(
                kinds.plan(Map.of("name", "als", "kind", "wals", "limit", 200)),
                kinds.plan(Map.of("name", "covisit", "kind", "covisitation", "limit", 100)),
                kinds.plan(Map.of("name", "popular", "kind", PopularGenerator.NAME, "limit", 50)),
                kinds.plan(Map.of("name", "newest", "kind", "newest", "limit", 50)));
    }
}
