package dev.funnel.trainer.train;

import dev.funnel.bundle.HeadReliability;
import dev.funnel.trainer.rank.HeadKind;
import dev.funnel.trainer.rank.ReliabilityParts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What each head predicted for held-out impressions against what was seen: in ten parts by prediction over all, and in one for each
 * group of users. Groups are the {@value #MOST_COUNTRIES} countries with most impressions, and users of whom little or more was known.
 */
record HeldOutReliability(HeldOutPages pages) {
    private static final int MOST_COUNTRIES = 8;

    /** A user with fewer interactions is new. */
    private static final int FEW = 10;

    List<HeadReliability> all() {
        Map<String, int[]> groups = groups();
        List<HeadReliability> reliability = new ArrayList<>();
        pages.heads().forEach((name, predicted) -> {
            float[] observed = observed(HeadKind.named(name));
            reliability.add(ReliabilityParts.of(name, predicted, observed));
            groups.forEach((group, members) -> reliability.add(new HeadReliability(
                    name, group, ReliabilityParts.of(chosen(predicted, members), chosen(observed, members), 1))));
        });
        return reliability;
    }

    private float[] observed(HeadKind head) {
        float[] observed = new float[pages.size()];
        for (int i = 0; i < observed.length; i++) {
            observed[i] = pages.observed(head, i);
        }
        return observed;
    }

    private static float[] chosen(float[] values, int[] members) {
        float[] chosen = new float[members.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = values[members[i]];
        }
        return chosen;
    }

    /** The impressions of each group; none is empty. */
    private Map<String, int[]> groups() {
        Map<String, int[]> groups = new LinkedHashMap<>();
        addIfAny(
                groups,
                "fewer than %d interactions".formatted(FEW),
                IntStream.range(0, pages.size())
                        .filter(i -> pages.known()[i] < FEW)
                        .toArray());
        addIfAny(
                groups,
                "%d interactions or more".formatted(FEW),
                IntStream.range(0, pages.size())
                        .filter(i -> pages.known()[i] >= FEW)
                        .toArray());
        byCountry().entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, List<Integer>>>comparingInt(
                                entry -> -entry.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_COUNTRIES)
                .forEach(entry -> addIfAny(
                        groups,
                        "country " + entry.getKey(),
                        entry.getValue().stream().mapToInt(Integer::intValue).toArray()));
        return groups;
    }

    private Map<String, List<Integer>> byCountry() {
        return IntStream.range(0, pages.size())
                .boxed()
                .filter(i -> pages.log().country().value(pages.impressions()[i]) != null)
                .collect(Collectors.groupingBy(
                        i -> String.valueOf(pages.log().country().value(pages.impressions()[i]))));
    }

    private static void addIfAny(Map<String, int[]> groups, String name, int[] members) {
        if (members.length > 0) {
            groups.put(name, members);
        }
    }
}
