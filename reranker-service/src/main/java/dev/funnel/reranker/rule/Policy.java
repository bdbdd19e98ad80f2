package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A policy turns scored candidates into a slate: filters, then score transforms, then slate rules, each in the order written.
 * Filters that are preferred apply after those that are not, wherever they are written, so that one that gives way gives back
 * only what every strict filter kept.
 *
 * @param filters what may not be in the slate
 * @param transforms how scores change
 * @param slate what the slate as a whole must keep to; at most one of these is a {@link SlateRule.Selection}
 */
public record Policy(
        @Default("[]") List<Filter> filters,
        @Default("[]") List<ScoreTransform> transforms,
        @Default("[]") List<SlateRule> slate) {
    /** Most rules a policy has. */
    public static final int MAX_RULES = 64;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    public Policy {
        filters = Stream.concat(
                        filters.stream().filter(filter -> !filter.preferred()),
                        filters.stream().filter(Filter::preferred))
                .toList();
        transforms = List.copyOf(transforms);
        slate = List.copyOf(slate);
        checkNames(Stream.of(filters, transforms, slate)
                .<PolicyRule>flatMap(List::stream)
                .map(PolicyRule::name)
                .toList());
        long selections =
                slate.stream().filter(SlateRule.Selection.class::isInstance).count();
        Rule.holds(selections <= 1, "slate", selections, "rules choose the next item: at most one can");
    }

    /** The policy's rules in the order they apply. */
    public Stream<PolicyRule> rules() {
        return Stream.of(filters, transforms, slate).flatMap(List::stream);
    }

    private static void checkNames(List<String> names) {
        Rule.between("rules", names.size(), 0, MAX_RULES);
        Set<String> seen = new HashSet<>(RequestRules.names());
        for (String name : names) {
            Rule.holds(NAME.matcher(name).matches(), "name", name, "must match " + NAME);
            Rule.holds(
                    seen.add(name),
                    "name",
                    name,
                    "names another rule of the policy too, or one of those that every request brings along: "
                            + RequestRules.names());
        }
    }
}
