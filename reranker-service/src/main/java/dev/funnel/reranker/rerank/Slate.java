package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import dev.funnel.reranker.rule.SlateRule.Admission;
import dev.funnel.reranker.rule.SlateRule.Choice;
import dev.funnel.reranker.rule.SlateRule.Limit;
import dev.funnel.reranker.rule.SlateRule.Selection;
import dev.funnel.runtime.deadline.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A slate, filled place by place from a shortlist. For each place the items that every limit admits are looked at, best score
 * first, as many as the selection's window holds, and the selection chooses one; without a selection the best is chosen. Where
 * no item is admitted, preferred limits give way for that place, last first. Where strict limits leave none, the slate ends.
 */
final class Slate {
    private static final int NOT_REFUSED = -1;

    private final Shortlist shortlist;
    private final List<Gate> gates;
    private final int strictGates;
    private final @Nullable Chooser chooser;
    private final boolean[] taken;
    private final int[] open;
    private final int[] ranks;
    private final boolean[] relaxed;
    private final int @Nullable [] refusers;
    private final int @Nullable [] refusedPlaces;
    private int filled;
    private int firstFree;

    /** A limit at work. */
    private record Gate(Limit limit, Admission admission) {}

    /** A selection at work. */
    private record Chooser(Selection selection, Choice choice) {}

    private Slate(List<SlateRule> rules, Shortlist shortlist, int size, boolean remembers) {
        this.shortlist = shortlist;
        this.gates = gates(rules, shortlist);
        this.strictGates =
                (int) gates.stream().filter(gate -> !gate.limit.preferred()).count();
        this.chooser = chooser(rules, shortlist);
        this.taken = new boolean[shortlist.size()];
        int window = chooser == null ? 1 : chooser.selection.window();
        this.open = new int[Math.min(window, shortlist.size())];
        this.ranks = new int[Math.min(size, shortlist.size())];
        this.relaxed = new boolean[gates.size()];
        this.refusers = remembers ? new int[shortlist.size()] : null;
        this.refusedPlaces = remembers ? new int[shortlist.size()] : null;
        if (refusers != null) {
            Arrays.fill(refusers, NOT_REFUSED);
        }
    }

    /**
     * Fills a slate.
     *
     * @param size how many places it should have
     * @param remembers true: {@link #cause} or {@link #occasion} is going to be asked
     */
    static Slate fill(List<SlateRule> rules, Shortlist shortlist, int size, boolean remembers, Deadline deadline) {
        Slate slate = new Slate(rules, shortlist, size, remembers);
        do {
            deadline.check("filling the slate");
        } while (slate.filled < slate.ranks.length && slate.fillPlace());
        return slate;
    }

    Shortlist shortlist() {
        return shortlist;
    }

    /** Number of places filled. */
    int size() {
        return filled;
    }

    /** The rank that stands at a place, counted from 0. */
    int rank(int place) {
        return ranks[place];
    }

    /** The place where a rank stands, counted from 0; -1 if it has none. */
    int placeOf(int rank) {
        return IntStream.range(0, filled)
                .filter(place -> ranks[place] == rank)
                .findFirst()
                .orElse(-1);
    }

    /** Identifiers of the limits that gave way, last first. */
    List<String> relaxed() {
        List<String> names = new ArrayList<>();
        for (int i = relaxed.length - 1; i >= 0; i--) {
            if (relaxed[i]) {
                names.add(gates.get(i).limit.name());
            }
        }
        return names;
    }

    /** Which rule keeps an item from a place that its score would give it: a limit that held it back, or the selection. */
    RuleVerdict cause(int rank) {
        RuleVerdict refusal = refusal(rank);
        if (refusal != null) {
            return refusal;
        }
        if (chooser == null) {
            throw new IllegalStateException("no rule keeps rank " + rank + " from its place");
        }
        return new RuleVerdict(chooser.selection.name(), chooser.choice.reason(rank));
    }

    /** Which rule let an item stand above items with better scores: the selection, or what held one of those back. */
    RuleVerdict occasion(int place, int rank) {
        if (chooser != null) {
            return new RuleVerdict(chooser.selection.name(), chooser.choice.reason(rank));
        }
        for (int better = 0; better < rank; better++) {
            RuleVerdict refusal = refusal(better);
            if (refusal != null && !standsAbove(place, better)) {
                return new RuleVerdict(refusal.rule(), "'" + shortlist.id(better) + "' was held back");
            }
        }
        throw new IllegalStateException("nothing let rank " + rank + " stand at place " + place);
    }

    private boolean standsAbove(int place, int rank) {
        return Arrays.stream(ranks, 0, place).anyMatch(above -> above == rank);
    }

    private @Nullable RuleVerdict refusal(int rank) {
        if (refusers == null || refusedPlaces == null || refusers[rank] == NOT_REFUSED) {
            return null;
        }
        Gate gate = gates.get(refusers[rank]);
        String reason = gate.admission.reason(rank) + ", held back from place " + (refusedPlaces[rank] + 1);
        return new RuleVerdict(gate.limit.name(), reason);
    }

    private boolean fillPlace() {
        for (int active = gates.size(); active >= strictGates; active--) {
            int count = findOpen(active);
            if (count > 0) {
                place(chooser == null ? open[0] : chooser.choice.choose(open, count), active);
                return true;
            }
        }
        return false;
    }

    /** Collects the best items that the first {@code active} limits admit; returns how many there are. */
    private int findOpen(int active) {
        int count = 0;
        for (int rank = firstFree; rank < taken.length && count < open.length; rank++) {
            if (!taken[rank] && admitted(rank, active)) {
                open[count++] = rank;
            }
        }
        return count;
    }

    private boolean admitted(int rank, int active) {
        for (int i = 0; i < active; i++) {
            if (!gates.get(i).admission.admits(rank)) {
                remember(rank, i);
                return false;
            }
        }
        return true;
    }

    private void remember(int rank, int gate) {
        if (refusers != null && refusedPlaces != null && refusers[rank] == NOT_REFUSED) {
            refusers[rank] = gate;
            refusedPlaces[rank] = filled;
        }
    }

    private void place(int rank, int active) {
        for (int i = active; i < relaxed.length; i++) {
            relaxed[i] |= !gates.get(i).admission.admits(rank);
        }
        gates.forEach(gate -> gate.admission.placed(rank));
        if (chooser != null) {
            chooser.choice.placed(rank);
        }
        ranks[filled++] = rank;
        taken[rank] = true;
        while (firstFree < taken.length && taken[firstFree]) {
            firstFree++;
        }
    }

    /** The limits, those that never give way first. */
    private static List<Gate> gates(List<SlateRule> rules, Shortlist shortlist) {
        return rules.stream()
                .filter(Limit.class::isInstance)
                .map(Limit.class::cast)
                .sorted(Comparator.comparing(Limit::preferred))
                .map(limit -> new Gate(limit, limit.begin(shortlist)))
                .toList();
    }

    private static @Nullable Chooser chooser(List<SlateRule> rules, Shortlist shortlist) {
        for (SlateRule rule : rules) {
            if (rule instanceof Selection selection) {
                return new Chooser(selection, selection.begin(shortlist));
            }
        }
        return null;
    }
}
