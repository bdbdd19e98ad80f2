package dev.funnel.gateway.ladder;

import dev.funnel.gateway.stage.Ranks;
import dev.funnel.gateway.stage.Reranked;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageOutcome;

/**
 * What the stages of one request gave.
 *
 * @param ranked the candidates there are with the best scores there are
 * @param effort how hard they were asked to try, in (0, 1]
 */
public record Given(
        StageOutcome<Retrieved> candidates,
        StageOutcome<Ranks> ranks,
        RankedPool ranked,
        StageOutcome<Reranked> slate,
        float effort) {}
