package dev.funnel.gateway.impression;

import java.time.Instant;
import java.util.List;

/**
 * One answer as it was given: who was shown what, where, when, and which generators were behind it.
 *
 * @param requestId identifies the answer; clients report clicks and watch times with it
 * @param userId empty for an anonymous session
 * @param at the instant the slate was for
 * @param country empty if unknown
 * @param language empty if unknown
 * @param device lower-case name of the kind of device; empty if unknown
 */
public record ShownSlate(
        String requestId,
        String userId,
        Instant at,
        String country,
        String language,
        String device,
        String bundleVersion,
        List<ShownItem> items) {

    /**
     * One place of it.
     *
     * @param position from 0, counted through all pages
     * @param sources names of the generators that nominated it
     * @param sourceScores their raw scores, in that order
     * @param propensity probability with which an exploration rule drew it for its place; 0: it was not drawn
     * @param team which of two interleaved rankings chose it; empty without interleaving
     */
    public record ShownItem(
            String itemId,
            int position,
            List<String> sources,
            List<Float> sourceScores,
            double propensity,
            String team) {}
}
