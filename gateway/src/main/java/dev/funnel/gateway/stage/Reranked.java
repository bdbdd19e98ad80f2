package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.StageReport;
import java.util.List;
import java.util.Map;

/**
 * What the reranker gave: a slate.
 *
 * @param slate best first, no candidate twice
 * @param removals what filters removed, if the reranker was asked to say
 * @param removed how many candidates each filter removed, by its identifier, said or not
 * @param policy the policy applied
 * @param policyHash SHA-256 of its content, in hex
 */
public record Reranked(
        List<Place> slate,
        List<Removal> removals,
        Map<String, Integer> removed,
        String policy,
        String policyHash,
        List<Degradation> degradations,
        StageReport report,
        List<ItemTrace> traces)
        implements StageAnswer {

    /**
     * One place of a slate.
     *
     * @param position in the pool
     * @param score after all transforms
     * @param propensity probability with which the item was drawn for its place; 0: it was not drawn
     * @param team which of two interleaved rankings chose it; empty without interleaving
     * @param reasons rules that touched it, if the reranker was asked to say
     */
    public record Place(int position, float score, double propensity, String team, List<Reason> reasons) {}

    /**
     * One rule's effect on an item.
     *
     * @param rule its identifier
     * @param scoreDelta how much it changed the score
     * @param detail for people
     */
    public record Reason(String rule, float scoreDelta, String detail) {}

    /**
     * A candidate that a filter removed.
     *
     * @param position in the pool
     * @param rule its identifier
     * @param detail for people
     */
    public record Removal(int position, String rule, String detail) {}
}
