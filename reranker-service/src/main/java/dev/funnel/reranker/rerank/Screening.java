package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.Filtered;
import dev.funnel.reranker.rule.RuleScreen;
import dev.funnel.runtime.deadline.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the filters did to one pool. Screens apply one after another, and a candidate counts as removed by the first that
 * removes it. When fewer are left than wanted, preferred screens give way, last first, each only as far as needed: the best of
 * what it removed come back until there are enough. What comes back passed every earlier screen, so every strict one.
 */
final class Screening {
    private static final int KEPT = -1;

    private final List<RuleScreen> screens;
    private final int[] ordered;
    private final int[] removers;
    private final int[] counts;
    private final List<String> relaxed = new ArrayList<>();
    private int @Nullable [] returners;
    private int keptCount;

    private Screening(List<RuleScreen> screens, int[] ordered) {
        this.screens = screens;
        this.ordered = ordered;
        this.removers = new int[ordered.length];
        this.counts = new int[screens.size()];
        Arrays.fill(removers, KEPT);
    }

    /**
     * Applies screens to a pool.
     *
     * @param screens the preferred ones last
     * @param ordered every position of the pool, best first
     * @param wanted how many are needed for a full slate
     */
    static Screening of(List<RuleScreen> screens, int[] ordered, int wanted, Deadline deadline, PartTimes times) {
        Screening screening = new Screening(screens, ordered);
        int[][] removed = screening.remove(deadline, times);
        for (int i = screens.size() - 1; i >= 0 && screens.get(i).preferred(); i--) {
            screening.relax(i, removed[i], wanted);
        }
        return screening;
    }

    /** The positions left, in the order in which the screens saw them. */
    int[] kept() {
        int[] kept = new int[keptCount];
        int filled = 0;
        for (int position : ordered) {
            if (removers[position] == KEPT) {
                kept[filled++] = position;
            }
        }
        return kept;
    }

    /** How many candidates there were. */
    int size() {
        return ordered.length;
    }

    List<RuleScreen> screens() {
        return screens;
    }

    /** How many candidates each screen removed, in the order of the screens. */
    int[] counts() {
        return counts;
    }

    /** Identifiers of the preferred rules that gave way, last first. */
    List<String> relaxed() {
        return relaxed;
    }

    /** The screen that removed a candidate; null if it was kept. */
    @Nullable
    RuleScreen remover(int position) {
        return removers[position] == KEPT ? null : screens.get(removers[position]);
    }

    /** The screen that gave way for a candidate; null if none did. */
    @Nullable
    RuleScreen returner(int position) {
        return returners == null || returners[position] == KEPT ? null : screens.get(returners[position]);
    }

    private int[][] remove(Deadline deadline, PartTimes times) {
        int[][] removed = new int[screens.size()][];
        int[] left = ordered;
        for (int i = 0; i < removed.length; i++) {
            deadline.check("filters");
            Filtered filtered = Filtered.by(screens.get(i).screen(), left);
            times.finished(screens.get(i).rule(), left.length, filtered.kept().length);
            for (int position : filtered.removed()) {
                removers[position] = i;
            }
            removed[i] = filtered.removed();
            counts[i] = removed[i].length;
            left = filtered.kept();
        }
        keptCount = left.length;
        return removed;
    }

    private void relax(int screen, int[] removed, int wanted) {
        int back = Math.min(removed.length, wanted - keptCount);
        if (back <= 0) {
            return;
        }
        relaxed.add(screens.get(screen).rule());
        for (int i = 0; i < back; i++) {
            removers[removed[i]] = KEPT;
            returners()[removed[i]] = screen;
        }
        counts[screen] -= back;
        keptCount += back;
    }

    private int[] returners() {
        if (returners == null) {
            returners = new int[removers.length];
            Arrays.fill(returners, KEPT);
        }
        return returners;
    }
}
