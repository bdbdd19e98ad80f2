package dev.funnel.gateway.pipeline;

import dev.funnel.gateway.door.LastGoodSlates;
import dev.funnel.gateway.door.Offer;
import dev.funnel.gateway.door.Settled;
import dev.funnel.gateway.stage.FanOut;
import dev.funnel.gateway.stage.RankCall;
import dev.funnel.gateway.stage.RankingStage;
import dev.funnel.gateway.stage.Ranks;
import dev.funnel.gateway.stage.RerankCall;
import dev.funnel.gateway.stage.Reranked;
import dev.funnel.gateway.stage.RerankingStage;
import dev.funnel.gateway.stage.RetrieveCall;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.wire.Stage;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The way of a request through the stages. A stage that is absent is replaced at once: candidates by the user's last good slate
 * and the popular slate, ranking by the calibrated retrieval scores, re-ranking by the ranked order. Whatever was made of it
 * passes the door.
 */
public final class Funnel {
    private final FanOut candidateGeneration;
    private final RankingStage ranking;
    private final RerankingStage reranking;
    private final LastGoodSlates lastGoodSlates;

    public Funnel(
            FanOut candidateGeneration, RankingStage ranking, RerankingStage reranking, LastGoodSlates lastGoodSlates) {
        this.candidateGeneration = candidateGeneration;
        this.ranking = ranking;
        this.reranking = reranking;
        this.lastGoodSlates = lastGoodSlates;
    }

    /** Candidates, rank, rerank, settle. */
    public Course run(Turn turn) {
        StageOutcome<Retrieved> candidates = candidates(turn);
        StageOutcome<Ranks> ranks = rank(turn, candidates);
        RankedPool ranked = RankedPool.of(candidates, ranks);
        StageOutcome<Reranked> slate = rerank(turn, ranked);
        return settle(turn, candidates, ranks, ranked, slate);
    }

    private StageOutcome<Retrieved> candidates(Turn turn) {
        if (turn.budget().spent()) {
            return outOfTime();
        }
        RetrieveCall call = new RetrieveCall(
                turn.user().state(),
                turn.query(),
                turn.bundle(),
                turn.snapshot().shardedCatalogue(),
                List.of(),
                List.of(),
                turn.strictRules(),
                turn.request().traced(),
                turn.request().explain());
        return candidateGeneration.retrieve(
                call,
                turn.pipeline().groups(turn.snapshot().generators()),
                turn.budget().slice(Stage.CANDIDATES));
    }

    private StageOutcome<Ranks> rank(Turn turn, StageOutcome<Retrieved> candidates) {
        int pool = candidates.answer().map(given -> given.candidates().size()).orElse(0);
        if (pool == 0 || !turn.settings().ranking()) {
            return new StageOutcome.Skipped<>();
        } else if (!turn.snapshot().hasRanker()) {
            return StageOutcome.failed("bundle " + turn.bundle() + " has no ranker");
        } else if (turn.budget().spent()) {
            return outOfTime();
        }
        RankCall call = new RankCall(
                turn.user().state(),
                turn.query(),
                turn.bundle(),
                candidates.answer().orElseThrow().candidates(),
                turn.settings().objective(),
                turn.heads(),
                turn.request().traced(),
                turn.request().explain());
        return ranking.rank(call, turn.budget().slice(Stage.RANKING));
    }

    private StageOutcome<Reranked> rerank(Turn turn, RankedPool ranked) {
        if (ranked.size() == 0 || !turn.pipeline().reranks()) {
            return new StageOutcome.Skipped<>();
        } else if (turn.budget().spent()) {
            return outOfTime();
        }
        RerankCall call = new RerankCall(
                turn.user().state(),
                turn.query(),
                turn.bundle(),
                ranked.pool(),
                ranked.scores(),
                ranked.heads(turn.settings().heads()),
                turn.settings().policy(),
                turn.request().pageSize(),
                turn.position().seed(),
                turn.strictRules(),
                turn.request().traced(),
                turn.request().explain(),
                turn.request().expressions());
        return reranking.rerank(call, turn.budget().slice(Stage.RERANKING));
    }

    private Course settle(
            Turn turn,
            StageOutcome<Retrieved> candidates,
            StageOutcome<Ranks> ranks,
            RankedPool ranked,
            StageOutcome<Reranked> slate) {
        Offers offers = new Offers(turn, ranked, slate.answer());
        List<Supplier<Stream<Offer>>> paths = candidates.answer().isPresent()
                ? List.of(offers::reranked, offers::ranked, offers::popular)
                : List.of(() -> offers.lastGood(lastGoodSlates.recall(turn.surface())), offers::popular);
        Settled settled = turn.door().settle(paths, turn.request().pageSize());
        return new Course(turn, candidates, ranks, ranked, slate, settled);
    }

    private static <A extends StageAnswer> StageOutcome<A> outOfTime() {
        return StageOutcome.late("no time was left to ask");
    }
}
