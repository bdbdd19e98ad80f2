package dev.funnel.gateway.pipeline;

import dev.funnel.gateway.effort.EffortSettings;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.DurationText;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.StrictRule;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of all stages for one surface, e.g. the home page.
 *
 * @param generators whom to ask for candidates; empty: all that the bundle has, with their default limits
 * @param minimum which generators are enough, once they have answered; absent: all are waited for, to the end of the slice
 * @param ranking off: the order of the calibrated retrieval scores stands
 * @param objective name of the head of the ranker, or of the formula over its heads, that becomes the score; empty: the ranker's default
 * @param heads further heads that the reranking policy reads
 * @param policy name of the reranking policy; {@value #NO_POLICY}: the ranked order stands
 * @param pageSize items of a page unless the caller says, 1 to 500
 * @param deadline time for a call that comes without a deadline
 * @param deadlineCap longest time that is worked on any call, whatever its deadline
 * @param reserve time kept back from every deadline, for settling the slate and sending it; a tenth of the deadline where that is more
 * @param slices how the stages share the time
 * @param effort how hard stages are asked to try when they are slow
 * @param strictRules what must hold for every item shown; sent to every stage, and checked again at the door
 */
public record PipelineConfiguration(
        @Default("[]") List<GeneratorConfiguration> generators,
        @Nullable MinimumSet minimum,
        @Default("on") boolean ranking,
        @Default("\"\"") String objective,
        @Default("[]") List<String> heads,
        @Default("default") String policy,
        @Default("20") int pageSize,
        @Default("300ms") Duration deadline,
        @Default("2s") Duration deadlineCap,
        @Default("20ms") Duration reserve,
        @Default("{}") SliceConfiguration slices,
        @Default("{}") EffortSettings effort,
        @Default("[]") List<StrictRule> strictRules) {
    /** The policy's name that means: do not re-rank. */
    public static final String NO_POLICY = "none";

    private static final int MAX_GROUPS = 16;
    private static final Pattern COMPONENT = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Duration LONGEST = Duration.ofMinutes(1);

    public PipelineConfiguration {
        Rule.between("page_size", pageSize, 1, Bounds.SLATE);
        Rule.holds(
                objective.isEmpty() || COMPONENT.matcher(objective).matches(),
                "objective",
                "\"" + objective + "\"",
                "must be the name of a head or of a formula, [a-z][a-z0-9_-]*; formulas stand under objectives in the"
                        + " configuration of ranking, or in the bundle");
        Rule.notBlank("policy", policy);
        checkGenerators(generators);
        if (minimum != null) {
            checkMinimum(minimum, generators);
        }
        checkNames("heads", heads, Bounds.HEADS);
        checkNames("strict_rules", strictRules.stream().map(StrictRule::name).toList(), Bounds.STRICT_RULES);
        checkTimes(deadline, deadlineCap, reserve);
    }

    private static void checkGenerators(List<GeneratorConfiguration> generators) {
        checkNames(
                "generators",
                generators.stream().map(GeneratorConfiguration::name).toList(),
                Bounds.GENERATORS);
        Rule.holds(
                generators.isEmpty() || !generators.stream().allMatch(GeneratorConfiguration::optional),
                "generators",
                "only optional ones",
                "must have one that is not");
        long groups = generators.stream()
                .map(GeneratorConfiguration::group)
                .distinct()
                .count();
        Rule.between("generators: number of groups", groups, 0, MAX_GROUPS);
        long limits =
                generators.stream().mapToLong(GeneratorConfiguration::limit).sum();
        Rule.between("generators: sum of limits", limits, 0, Bounds.CANDIDATES);
    }

    private static void checkMinimum(MinimumSet minimum, List<GeneratorConfiguration> generators) {
        Map<String, String> groups = generators.stream()
                .collect(Collectors.toMap(GeneratorConfiguration::name, GeneratorConfiguration::group));
        minimum.generators()
                .forEach(name -> Rule.holds(
                        groups.containsKey(name),
                        "minimum.generators",
                        "\"" + name + "\"",
                        "must be the name of a generator of the pipeline"));
        Rule.between("minimum.count", minimum.count(), 0, generators.size());
        Rule.holds(
                groups.values().stream().distinct().count() > 1,
                "minimum",
                "one group",
                "needs generators in several groups: those of one group answer together");
    }

    private static void checkNames(String key, Collection<String> names, int most) {
        Rule.between(key, names.size(), 0, most);
        HashSet<String> seen = new HashSet<>();
        names.forEach(name -> Rule.holds(seen.add(name), key, "\"" + name + "\"", "must stand only once"));
    }

    private static void checkTimes(Duration deadline, Duration cap, Duration reserve) {
        Rule.between("deadline_cap", cap, Duration.ofMillis(1), LONGEST);
        Rule.between("deadline", deadline, Duration.ofMillis(1), cap);
        Rule.holds(
                reserve.compareTo(deadline) < 0,
                "reserve",
                DurationText.format(reserve),
                "must be shorter than the deadline of " + DurationText.format(deadline));
    }
}
