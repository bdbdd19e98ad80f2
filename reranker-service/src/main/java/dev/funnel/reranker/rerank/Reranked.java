package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rule.Reach;
import dev.funnel.runtime.wire.ComponentReport;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.ItemTrace;
import java.util.List;
import java.util.Map;

/**
 * A slate and what is said of it.
 *
 * @param slate the slate, best first
 * @param removals what filters removed, in the order of the candidates; empty unless explained
 * @param removalCounts how many items each rule removed, in the order applied; rules that removed none are left out
 * @param relaxedRules identifiers of the preferred rules that gave way, slate rules before filters, each last first
 * @param measures measures of the slate, by name; see {@link SlateMeasures}
 * @param degradations what was lost
 * @param parts what each rule did; empty unless explained
 * @param traces what is known of the traced items, in the order asked
 * @param reaches what rules that reach over time read and add, by the rule's identifier
 */
public record Reranked(
        List<Placed> slate,
        List<Removal> removals,
        List<RemovalCount> removalCounts,
        List<String> relaxedRules,
        Map<String, Double> measures,
        List<Degradation> degradations,
        List<ComponentReport> parts,
        List<ItemTrace> traces,
        Map<String, Reach> reaches) {

    /**
     * One place of the slate.
     *
     * @param position position in the pool
     * @param score score after all transforms
     * @param propensity probability with which the item was drawn for its place; 0 if it was not drawn
     * @param team which of two interleaved rankings chose it, "a" or "b"; empty without interleaving
     * @param effects what rules did to the item; empty unless explained
     */
    public record Placed(int position, float score, double propensity, String team, List<Effect> effects) {}

    /**
     * What a rule did to an item of the slate.
     *
     * @param rule the rule's identifier
     * @param delta how much the score changed
     * @param detail for people
     */
    public record Effect(String rule, float delta, String detail) {}

    /** An item that a filter removed. */
    public record Removal(int position, String rule, String detail) {}

    /** How many items a rule removed. */
    public record RemovalCount(String rule, int count) {}
}
