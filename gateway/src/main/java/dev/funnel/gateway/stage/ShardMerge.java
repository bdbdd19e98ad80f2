package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.Nomination;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merges the answers of several shards into the pool that one process would have made of the whole catalogue: of every generator the
 * best by score, then item, up to its limit; the pool by calibrated score, then item id. An item is of one shard, so its scores by all
 * generators come from one answer.
 */
final class ShardMerge {
    private final List<Retrieved> answers;
    private final List<MergedNomination> nominations;
    private final List<MergedNomination.Entry> pool;
    private final Map<String, Integer> positions;
    private final boolean calibrated;

    /** A part's answer. */
    record Part(String name, Retrieved given) {}

    private ShardMerge(List<Retrieved> answers, List<MergedNomination> nominations, List<MergedNomination.Entry> pool) {
        this.answers = answers;
        this.nominations = nominations;
        this.pool = pool;
        this.positions = HashMap.newHashMap(pool.size());
        pool.forEach(entry -> positions.put(entry.item(), positions.size()));
        this.calibrated = pool.stream().noneMatch(entry -> Float.isNaN(entry.calibrated()));
    }

    /**
     * @param order of items of one score
     * @param lost what was lost on the way, beside what the parts say themselves
     */
    static Retrieved merge(Comparator<String> order, List<Part> parts, List<Degradation> lost) {
        List<Retrieved> answers = parts.stream().map(Part::given).toList();
        List<MergedNomination> nominations = generators(answers).stream()
                .map(generator -> MergedNomination.of(generator, answers, order))
                .toList();
        ShardMerge merge = new ShardMerge(answers, nominations, pool(nominations));
        ShardReports reports = new ShardReports(parts, nominations, merge.positions);
        return new Retrieved(merge.candidates(), reports.degradations(lost), reports.report(), reports.traces());
    }

    /** In the order asked; whoever answered nowhere is left out. */
    private static Set<String> generators(List<Retrieved> answers) {
        Set<String> asked = new LinkedHashSet<>();
        Set<String> nominating = new LinkedHashSet<>();
        for (Retrieved answer : answers) {
            answer.shares().forEach(share -> asked.add(share.generator()));
            answer.candidates().nominations().forEach(nomination -> nominating.add(nomination.generator()));
        }
        asked.retainAll(nominating);
        asked.addAll(nominating);
        return asked;
    }

    /** Every item once, by the best that any generator thinks of it. */
    private static List<MergedNomination.Entry> pool(List<MergedNomination> nominations) {
        Map<String, MergedNomination.Entry> best = new HashMap<>();
        for (MergedNomination nomination : nominations) {
            nomination
                    .entries()
                    .forEach(entry ->
                            best.merge(entry.item(), entry, (a, b) -> b.calibrated() > a.calibrated() ? b : a));
        }
        List<MergedNomination.Entry> pool = new ArrayList<>(best.values());
        pool.sort(Comparator.comparing(MergedNomination.Entry::calibrated, Comparator.reverseOrder())
                .thenComparing(MergedNomination.Entry::item));
        return pool.subList(0, Math.min(pool.size(), Bounds.CANDIDATES));
    }

    private Candidates candidates() {
        float[] scores = new float[calibrated ? pool.size() : 0];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = pool.get(i).calibrated();
        }
        return new Candidates(
                pool.stream().map(MergedNomination.Entry::item).toList(),
                nominations.stream().map(this::nomination).toList(),
                scores);
    }

    private Nomination nomination(MergedNomination merged) {
        List<MergedNomination.Entry> kept = merged.entries().stream()
                .filter(entry -> positions.containsKey(entry.item()))
                .toList();
        int[] places = new int[kept.size()];
        float[] scores = new float[places.length];
        float[] probabilities = new float[calibrated ? places.length : 0];
        for (int i = 0; i < places.length; i++) {
            places[i] = positions.getOrDefault(kept.get(i).item(), -1);
            scores[i] = kept.get(i).score();
            if (calibrated) {
                probabilities[i] = kept.get(i).calibrated();
            }
        }
        List<ItemOrigin> origins =
                kept.stream().map(MergedNomination.Entry::origin).toList();
        boolean trained = origins.stream().allMatch(ItemOrigin.TRAINED::equals);
        return new Nomination(
                merged.generator(),
                places,
                scores,
                probabilities,
                poolScores(merged),
                merged.origin(),
                trained ? List.of() : origins);
    }

    /** The generator's score of every item of the pool; empty if one of the parts did not give it. */
    private float[] poolScores(MergedNomination merged) {
        float[][] columns = new float[answers.size()][];
        for (int part = 0; part < columns.length; part++) {
            columns[part] = poolScores(answers.get(part).candidates().nominations(), merged.generator());
        }
        float[] scores = new float[pool.size()];
        for (int i = 0; i < scores.length; i++) {
            MergedNomination.Entry entry = pool.get(i);
            if (columns[entry.part()].length == 0) {
                return new float[0];
            }
            scores[i] = columns[entry.part()][entry.position()];
        }
        return scores;
    }

    private static float[] poolScores(Collection<Nomination> nominations, String generator) {
        return nominations.stream()
                .filter(nomination -> nomination.generator().equals(generator))
                .findFirst()
                .map(Nomination::poolScores)
                .orElseGet(() -> new float[0]);
    }
}
