package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.Reach;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import dev.funnel.reranker.rule.SlateRule.Draw;
import dev.funnel.reranker.rule.SlateRule.Lot;
import dev.funnel.runtime.deadline.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A slate, filled place by place from a shortlist. For each place the items that every limit admits are looked at, best score
 * first. Where a draw is due and new items are among them, one of those is drawn; else the selection chooses among as many as its
 * window holds; without a selection the best is chosen. Where no item is admitted, preferred limits give way for that place, last
 * first. Where strict limits leave none, the slate ends.
 */
final class Slate {
    private static final int NOT_REFUSED = -1;
    private static final int LEAST_WINDOW = 2;

    private final Shortlist shortlist;
    private final SlateRules rules;
    private final boolean[] taken;
    private final int[] open;
    private final int[] ranks;
    private final boolean[] relaxed;
    private final float effort;
    private final int @Nullable [] refusers;
    private final int @Nullable [] refusedPlaces;
    private int filled;
    private int firstFree;

    private Slate(List<SlateRule> rules, Shortlist shortlist, float effort, boolean remembers) {
        this.effort = effort;
        this.shortlist = shortlist;
        this.rules = SlateRules.begin(rules, shortlist);
        this.taken = new boolean[shortlist.size()];
        this.open = new int[Math.min(this.rules.window(), shortlist.size())];
        this.ranks = new int[shortlist.places()];
        this.relaxed = new boolean[this.rules.gates().size()];
        this.refusers = remembers ? new int[shortlist.size()] : null;
        this.refusedPlaces = remembers ? new int[shortlist.size()] : null;
        if (refusers != null) {
            Arrays.fill(refusers, NOT_REFUSED);
        }
    }

    /**
     * Fills a slate of as many places as the shortlist says.
     *
     * @param remembers true: {@link #cause} or {@link #occasion} is going to be asked
     */
    static Slate fill(List<SlateRule> rules, Shortlist shortlist, boolean remembers, Deadline deadline) {
        return fill(rules, shortlist, 1, remembers, deadline);
    }

    /**
     * The same with less effort.
     *
     * @param effort in (0, 1]: share of its window that a selection looks at, at least 2 items
     */
    static Slate fill(List<SlateRule> rules, Shortlist shortlist, float effort, boolean remembers, Deadline deadline) {
        Slate slate = new Slate(rules, shortlist, effort, remembers);
        do {
            deadline.check("filling the slate");
        } while (slate.filled < slate.ranks.length && slate.fillPlace());
        return slate;
    }

    Shortlist shortlist() {
        return shortlist;
    }

    /** Whether items are weighed against each other for a place, which effort scales. */
    boolean chooses() {
        return rules.chooser() != null;
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

    /** The first place where an item stands whose score is worse than that of a rank, which has no place; -1 if none does. */
    int firstWorse(int rank) {
        return IntStream.range(0, filled)
                .filter(place -> ranks[place] > rank)
                .findFirst()
                .orElse(-1);
    }

    /** Identifiers of the limits that gave way, last first. */
    List<String> relaxed() {
        List<String> names = new ArrayList<>();
        for (int i = relaxed.length - 1; i >= 0; i--) {
            if (relaxed[i]) {
                names.add(rules.gates().get(i).limit().name());
            }
        }
        return names;
    }

    /** The probability with which a rank was drawn for its place; 0 if it was not drawn. */
    double propensity(int rank) {
        return rules.draws().stream()
                .mapToDouble(drawing -> drawing.lot().propensity(rank))
                .max()
                .orElse(0);
    }

    /** Which of several rankings chose a rank; empty where none is told apart. */
    String team(int rank) {
        SlateRules.Chooser chooser = rules.chooser();
        return chooser == null || propensity(rank) > 0 ? "" : chooser.choice().team(rank);
    }

    /** What rules have to say of the slate, by the rule's identifier and what is measured. */
    void measure(BiConsumer<String, Double> measures) {
        rules.atWork()
                .forEach((rule, work) -> work.measure((what, value) -> measures.accept(rule + "." + what, value)));
    }

    /** What rules that reach over time read and add, by the rule's identifier. */
    TreeMap<String, Reach> reaches() {
        TreeMap<String, Reach> reaches = new TreeMap<>();
        rules.atWork().forEach((rule, work) -> {
            Reach reach = work.reach();
            if (reach != null) {
                reaches.put(rule, reach);
            }
        });
        return reaches;
    }

    /** Which rule keeps an item from a place that its score would give it; a rule without a name if none does. */
    RuleVerdict cause(int rank) {
        RuleVerdict refusal = refusal(rank);
        if (refusal != null) {
            return refusal;
        }
        SlateRules.Chooser chooser = rules.chooser();
        if (chooser != null) {
            return new RuleVerdict(chooser.selection().name(), chooser.choice().reason(rank));
        }
        return drawn().map(place -> drawnFor(place, "the place was ")).orElse(RuleVerdict.NONE);
    }

    /** Which rule let an item stand above items with better scores: the draw, the selection, or what held one of those back. */
    RuleVerdict occasion(int place, int rank) {
        if (propensity(rank) > 0) {
            return drawnFor(place, "");
        }
        SlateRules.Chooser chooser = rules.chooser();
        if (chooser != null) {
            return new RuleVerdict(chooser.selection().name(), chooser.choice().reason(rank));
        }
        for (int better = 0; better < rank; better++) {
            RuleVerdict refusal = refusal(better);
            if (refusal != null && !standsAbove(place, better)) {
                return new RuleVerdict(refusal.rule(), "'" + shortlist.id(better) + "' was held back");
            }
        }
        return drawn().map(at -> drawnFor(at, "place " + (at + 1) + " was ")).orElse(RuleVerdict.NONE);
    }

    private Optional<Integer> drawn() {
        return IntStream.range(0, filled)
                .filter(place -> propensity(ranks[place]) > 0)
                .boxed()
                .findFirst();
    }

    private RuleVerdict drawnFor(int place, String before) {
        for (SlateRules.Drawing drawing : rules.draws()) {
            if (drawing.lot().propensity(ranks[place]) > 0) {
                return new RuleVerdict(
                        drawing.draw().name(), before + drawing.lot().reason(ranks[place]));
            }
        }
        return RuleVerdict.NONE;
    }

    private boolean standsAbove(int place, int rank) {
        return Arrays.stream(ranks, 0, place).anyMatch(above -> above == rank);
    }

    private @Nullable RuleVerdict refusal(int rank) {
        if (refusers == null || refusedPlaces == null || refusers[rank] == NOT_REFUSED) {
            return null;
        }
        SlateRules.Gate gate = rules.gates().get(refusers[rank]);
        String reason = gate.admission().reason(rank) + ", held back from place " + (refusedPlaces[rank] + 1);
        return new RuleVerdict(gate.limit().name(), reason);
    }

    private boolean fillPlace() {
        for (int active = rules.gates().size(); active >= rules.strictGates(); active--) {
            int chosen = choose(active);
            if (chosen >= 0) {
                place(chosen, active);
                return true;
            }
        }
        return false;
    }

    /** The rank for the next place under the first {@code active} limits; -1 if they admit none. */
    private int choose(int active) {
        for (SlateRules.Drawing drawing : rules.draws()) {
            int drawn = drawing.lot().due() ? draw(drawing.draw(), drawing.lot(), active) : -1;
            if (drawn >= 0) {
                return drawn;
            }
        }
        SlateRules.Chooser chooser = rules.chooser();
        int window = chooser == null ? 1 : reduced(chooser.selection().window());
        int count = findOpen(active, window, null);
        if (count == 0) {
            return -1;
        }
        return chooser == null ? open[0] : chooser.choice().choose(open, count);
    }

    private int reduced(int window) {
        return Math.min(window, Math.max(LEAST_WINDOW, Math.round(window * effort)));
    }

    private int draw(Draw draw, Lot lot, int active) {
        int count = findOpen(active, draw.window(), lot);
        return count == 0 ? -1 : lot.draw(open, count);
    }

    /** Collects the best items that the first {@code active} limits admit; returns how many there are. */
    private int findOpen(int active, int window, @Nullable Lot lot) {
        int most = Math.min(window, open.length);
        int count = 0;
        for (int rank = firstFree; rank < taken.length && count < most; rank++) {
            if (!taken[rank] && (lot == null || lot.entitled(rank)) && admitted(rank, active)) {
                open[count++] = rank;
            }
        }
        return count;
    }

    private boolean admitted(int rank, int active) {
        for (int i = 0; i < active; i++) {
            if (!rules.gates().get(i).admission().admits(rank)) {
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
            relaxed[i] |= !rules.gates().get(i).admission().admits(rank);
        }
        rules.placed(rank);
        ranks[filled++] = rank;
        taken[rank] = true;
        while (firstFree < taken.length && taken[firstFree]) {
            firstFree++;
        }
    }
}
