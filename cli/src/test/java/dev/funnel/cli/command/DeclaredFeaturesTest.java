package dev.funnel.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.trainer.rank.DeclaredFeatures;
import dev.funnel.trainer.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Features declared in a training configuration. */
class DeclaredFeaturesTest {
    private static final Path PAGE = Path.of("..", "docs", "features.md");
    private static final String GENERATORS = "generators: [{name: popular, kind: popular}]\n";

    private static DeclaredFeatures declared(String yaml) {
        TrainingSettings settings = ConfigurationFile.parse(
                        TrainingConfiguration.class, "training.yaml", yaml, Map.of())
                .of(TrainingSettings.defaults(1, 1));
        return Objects.requireNonNull(Objects.requireNonNull(settings.ranker()).features());
    }

    private static void refused(String ranker, String... parts) {
        String refusal = String.valueOf(assertThrows(InvalidConfiguration.class, () -> declared(GENERATORS + ranker))
                .getMessage());
        for (String part : parts) {
            assertTrue(refusal.contains(part), refusal);
        }
    }

    private static String example() throws IOException {
        Matcher yaml =
                Pattern.compile("```yaml\n(generators:.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertTrue(yaml.find(), "docs/features.md has an example");
        return yaml.group(1);
    }

    @Test
    void the_example_of_the_page_declares_what_it_says() throws IOException {
        DeclaredFeatures features = declared(example());
        assertEquals(
                List.of("user", "context", "item", "pair", "candidate"),
                features.blocks().stream().map(Block::name).toList());
        List<String> names = features.blocks().stream()
                .flatMap(block -> block.features().stream())
                .map(Feature::name)
                .toList();
        assertTrue(names.containsAll(List.of("user_id", "recent_items", "country_and_language")), names.toString());
    }

    @Test
    void features_may_stand_in_a_block_of_their_own() {
        DeclaredFeatures features = declared(GENERATORS + """
                ranker:
                  features:
                    - {kind: number, name: age, from: age, of: published_at, block: clock}
                    - {kind: number, name: position, from: position}
                """);
        assertEquals(
                List.of("clock", "candidate"),
                features.blocks().stream().map(Block::name).toList());
    }

    @Test
    void a_misspelt_key_or_kind_is_refused_with_its_line_and_the_nearest() {
        refused(
                "ranker:\n  features:\n    - {kind: number, name: x, from: age, off: published_at}\n",
                "training.yaml:4",
                "unknown key \"off\"; did you mean \"of\"?");
        refused("ranker:\n  features:\n    - {kind: numbr, name: x}\n", "training.yaml:4", "did you mean \"number\"?");
        refused("ranker:\n  features:\n    - {kind: number, name: x, from: histroy-count}\n", "training.yaml:4");
    }

    @Test
    void a_broken_rule_names_the_feature_its_value_and_the_section() {
        refused(
                "ranker:\n  features:\n    - {kind: category, name: x, from: column, of: language, table: tongues}\n",
                "training.yaml:3",
                "ranker",
                "feature \"x\": \"tongues\" is refused: must name one of the tables");
        refused(
                "ranker:\n  tables: [{kind: buckets, name: t, width: 1, buckets: 0}]\n  features:\n"
                        + "    - {kind: category, name: x, from: column, of: language, table: t}\n",
                "table \"t\" buckets: \"0\" is refused");
    }

    @Test
    void what_no_log_tells_is_not_learnt_from() {
        refused(
                "ranker:\n  features:\n    - {kind: number, name: x, from: nominated-place, of: als}\n",
                "feature \"x\": \"NOMINATED_PLACE\" is refused: is not in the log of impressions");
    }

    @Test
    void a_cross_is_learnt_in_buckets_only() {
        refused(
                "ranker:\n  tables: [{kind: texts, name: language, width: 1}]\n  features:\n"
                        + "    - {kind: cross, name: x, table: language,"
                        + " parts: [{from: context, of: country}, {from: column, of: language}]}\n",
                "feature \"x\": \"language\" is refused: must be a table of buckets");
    }
}
