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
                kinds.plan(Map.of("name", "newest", "kind", "newest", "limit", 50)),
                kinds.plan(Map.of("name", "content", "kind", "content", "limit", 100)),
                kinds.plan(Map.of("name", "trending", "kind", "trending", "limit", 50)),
                kinds.plan(Map.of("name", "near", "kind", "popular-near", "limit", 50)),
                kinds.plan(Map.of("name", "continue", "kind", "continue-watching", "limit", 20)),
                kinds.plan(Map.of("name", "followed", "kind", "followed-uploaders", "limit", 50)));
    }
}
