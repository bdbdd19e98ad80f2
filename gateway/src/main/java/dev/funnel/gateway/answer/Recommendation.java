package dev.funnel.gateway.answer;

import dev.funnel.gateway.ladder.Rung;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.StageReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A slate as the caller gets it.
 *
 * @param policy null if the slate was not re-ranked
 * @param rung how good a slate could be made
 * @param rungReason why no better one, for people; empty if it is the best
 * @param nextPageToken empty: there is no next page
 */
public record Recommendation(
        List<Item> items,
        BundleRef bundle,
        ConfigurationRef pipeline,
        @Nullable ConfigurationRef policy,
        Rung rung,
        String rungReason,
        List<Degradation> degradations,
        List<StageReport> reports,
        String nextPageToken,
        String requestId) {

    /**
     * One place of it.
     *
     * @param place from 1, counted through all pages
     * @param score what it was placed by
     * @param sources generators that nominated it
     * @param sourceScores their raw scores, in that order
     * @param sourceOrigins how each came to what it searched for, in that order; empty unless explained
     * @param sourceItemOrigins how the item came to its place in each, in that order; empty unless explained
     * @param predictions values by head; empty unless explained
     * @param reasons why it stands here; empty unless explained
     * @param title empty unless explained
     * @param propensity probability with which an exploration rule drew it for its place; 0: it was not drawn
     * @param team which of two interleaved rankings chose it; empty without interleaving
     */
    public record Item(
            String itemId,
            int place,
            float score,
            List<String> sources,
            List<Float> sourceScores,
            List<QueryOrigin> sourceOrigins,
            List<ItemOrigin> sourceItemOrigins,
            Map<String, Float> predictions,
            List<Reason> reasons,
            String title,
            double propensity,
            String team) {}

    /**
     * One cause of an item's place.
     *
     * @param component the generator or rule
     * @param scoreDelta how much it changed the score
     * @param detail for people
     */
    public record Reason(Stage stage, String component, float scoreDelta, String detail) {}

    /**
     * A piece of configuration.
     *
     * @param hash SHA-256 of its content, in hex
     */
    public record ConfigurationRef(String name, String hash) {}
}
