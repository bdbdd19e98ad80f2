package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import dev.funnel.reranker.rule.SlateRule.Admission;
import dev.funnel.reranker.rule.SlateRule.AtWork;
import dev.funnel.reranker.rule.SlateRule.Choice;
import dev.funnel.reranker.rule.SlateRule.Draw;
import dev.funnel.reranker.rule.SlateRule.Limit;
import dev.funnel.reranker.rule.SlateRule.Lot;
import dev.funnel.reranker.rule.SlateRule.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy's slate rules at work on one slate.
 *
 * @param gates the limits, those that never give way first
 * @param strictGates how many of them never give way
 * @param draws in the order written
 * @param chooser null: the best score is chosen
 */
record SlateRules(
        List<Gate> gates,
        int strictGates,
        List<Drawing> draws,
        @Nullable Chooser chooser) {
    /** A limit at work. */
    record Gate(Limit limit, Admission admission) {}

    /** A draw at work. */
    record Drawing(Draw draw, Lot lot) {}

    /** A selection at work. */
    record Chooser(Selection selection, Choice choice) {}

    static SlateRules begin(List<SlateRule> rules, Shortlist shortlist) {
        List<Gate> gates = new ArrayList<>();
        List<Drawing> draws = new ArrayList<>();
        Chooser chooser = null;
        for (SlateRule rule : rules) {
            switch (rule) {
                case Limit limit -> gates.add(new Gate(limit, limit.begin(shortlist)));
                case Draw draw -> draws.add(new Drawing(draw, draw.begin(shortlist)));
                case Selection selection -> chooser = new Chooser(selection, selection.begin(shortlist));
            }
        }
        gates.sort(Comparator.comparing(gate -> gate.limit.preferred()));
        int strict = 0;
        while (strict < gates.size() && !gates.get(strict).limit.preferred()) {
            strict++;
        }
        return new SlateRules(gates, strict, draws, chooser);
    }

    /** The most items that any of them looks at for a place. */
    int window() {
        int window = chooser == null ? 1 : chooser.selection.window();
        for (Drawing drawing : draws) {
            window = Math.max(window, drawing.draw.window());
        }
        return window;
    }

    void placed(int rank) {
        for (Gate gate : gates) {
            gate.admission.placed(rank);
        }
        for (Drawing drawing : draws) {
            drawing.lot.placed(rank);
        }
        if (chooser != null) {
            chooser.choice.placed(rank);
        }
    }

    /** All of them by identifier. */
    Map<String, AtWork> atWork() {
        Map<String, AtWork> work = new LinkedHashMap<>();
        gates.forEach(gate -> work.put(gate.limit.name(), gate.admission));
        draws.forEach(drawing -> work.put(drawing.draw.name(), drawing.lot));
        if (chooser != null) {
            work.put(chooser.selection.name(), chooser.choice);
        }
        return work;
    }
}
