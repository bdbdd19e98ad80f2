package dev.funnel.cli.evaluate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import dev.funnel.reranker.rerank.PolicySet;
import dev.funnel.reranker.rule.Policy;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.Located;
import dev.funnel.trainer.simulate.DemoWorld;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code funnel evaluate rerank}: opens the demo world, the bundle trained on it and the policies, and prints what came out. */
public final class RerankRun {
    private static final String SAMPLE = "rerank-policies.yaml";
    private static final String[] COLUMNS = {
        "ndcg@20",
        "true_watch_seconds",
        "predicted_watch_seconds",
        "intra_list_similarity",
        "category_coverage",
        "catalogue_coverage",
        "mean_item_age_seconds",
        "exposure_share.small",
        "click_bait_shown",
        "removed_share.click_bait",
        "removed_share.rest"
    };

    private RerankRun() {}

    /** What a file of policies holds. */
    record PolicyFile(Map<String, Policy> policies) {}

    /**
     * Evaluates.
     *
     * @param data folder of a generated demo world
     * @param bundles root of the bundles trained on it
     * @param policies file of policies; null: the sample
     */
    public static void run(Path data, Path bundles, String name, @Nullable Path policies, int viewers, Console console)
            throws Exception {
        BundleStore store = new BundleStore(bundles, name);
        BundleVersion version = store.versions().getFirst();
        try (Bundle bundle = Bundle.open(store.path(version));
                RerankEvaluation evaluation = new RerankEvaluation(DemoWorld.open(data), bundle, read(policies))) {
            List<RerankFigures> figures = evaluation.run(viewers, console.progress());
            figures.forEach(one -> console.object(one.json()));
            table(figures).lines().forEach(console::line);
        }
    }

    private static PolicySet read(@Nullable Path policies) throws IOException {
        Located<PolicyFile> located = policies == null
                ? ConfigurationFile.locate(PolicyFile.class, SAMPLE, sample(), Map.of())
                : ConfigurationFile.locate(PolicyFile.class, policies, Map.of());
        return PolicySet.of(located, located.value().policies());
    }

    private static String sample() throws IOException {
        try (InputStream in = RerankRun.class.getResourceAsStream(SAMPLE)) {
            return new String(Objects.requireNonNull(in, SAMPLE).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static TextTable table(List<RerankFigures> figures) {
        String[] heads = new String[COLUMNS.length + 1];
        heads[0] = "policy";
        System.arraycopy(COLUMNS, 0, heads, 1, COLUMNS.length);
        TextTable table = new TextTable(heads);
        for (RerankFigures one : figures) {
            String[] cells = new String[heads.length];
            cells[0] = one.policy();
            for (int i = 0; i < COLUMNS.length; i++) {
                double value = one.get(COLUMNS[i]);
                cells[i + 1] =
                        Double.isNaN(value) ? "" : value >= 1000 ? "%.0f".formatted(value) : "%.4f".formatted(value);
            }
            table.row(cells);
        }
        return table;
    }
}
