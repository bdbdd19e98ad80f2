package dev.funnel.gateway.pipeline;

import dev.funnel.gateway.ladder.Footing;
import dev.funnel.gateway.ladder.Given;
import dev.funnel.gateway.ladder.Ladder;
import dev.funnel.gateway.ladder.RankedPool;
import dev.funnel.gateway.stage.FanOut;
import dev.funnel.gateway.stage.RankCall;
import dev.funnel.gateway.stage.RankingStage;
import dev.funnel.gateway.stage.Ranks;
import dev.funnel.gateway.stage.RerankCall;
import dev.funnel.gateway.stage.Reranked;
import dev.funnel.gateway.stage.RerankingStage;
import dev.funnel.gateway.stage.RetrieveCall;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.wire.Stage;
import java.util.List;
import java.util.Set;

/**
 * The way of a request through the stages. A stage that is absent is replaced at once by what the {@link Ladder} has instead of it.
 * Whatever was made of it passes the door.
 */
public final class Funnel {
    private final FanOut candidateGeneration;
    private final RankingStage ranking;
    private final RerankingStage reranking;
    private final Ladder ladder;
    private final Misconfigurations misconfigurations;

    /** @param then what becomes of a request that a stage refuses for a fault of configuration */
    public Funnel(
            FanOut candidateGeneration,
            RankingStage ranking,
            RerankingStage reranking,
            Ladder ladder,
            Misconfigured then,
            Metrics metrics) {
        this.candidateGeneration = candidateGeneration;
        this.ranking = ranking;
        this.reranking = reranking;
        this.ladder = ladder;
        this.misconfigurations = new Misconfigurations(then, metrics);
    }

    /**
     * Candidates, rank, rerank, settle.
     *
     * @throws dev.funnel.runtime.error.Refusal if a stage refused the question, for the caller's fault or the configuration's
     */
    public Course run(Turn turn) {
        StageClock clock = new StageClock(turn.budget());
        StageOutcome<Retrieved> candidates = candidates(turn, clock);
        StageOutcome<Ranks> ranks = rank(turn, candidates, clock);
        RankedPool ranked = RankedPool.of(candidates, ranks);
        StageOutcome<Reranked> slate = rerank(turn, ranked, clock);
        Given given = new Given(candidates, ranks, ranked, slate, turn.effort());
        Footing footing = ladder.stand(given, turn.visit());
        return new Course(turn, given, footing, clock.times());
    }

    private StageOutcome<Retrieved> candidates(Turn turn, StageClock clock) {
        Set<String> held = turn.snapshot().generators();
        RetrieveCall call = new RetrieveCall(
                turn.user().state(),
                turn.query(),
                turn.bundle(),
                turn.snapshot().shardedCatalogue(),
                List.of(),
                List.of(),
                turn.strictRules(),
                turn.effort(),
                turn.request().traced(),
                turn.request().explain());
        return misconfigurations.checked(
                turn.pipeline(),
                Stage.CANDIDATES,
                clock.ask(
                        Stage.CANDIDATES,
                        until -> candidateGeneration.retrieve(
                                call,
                                turn.pipeline().groups(held),
                                turn.pipeline().enough(held),
                                until)));
    }

    private StageOutcome<Ranks> rank(Turn turn, StageOutcome<Retrieved> candidates, StageClock clock) {
        int pool = candidates.answer().map(given -> given.candidates().size()).orElse(0);
        if (pool == 0 || !turn.settings().ranking()) {
            return new StageOutcome.Skipped<>();
        } else if (!turn.snapshot().hasRanker()) {
            return StageOutcome.failed("bundle " + turn.bundle() + " has no ranker");
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
        return misconfigurations.checked(
                turn.pipeline(), Stage.RANKING, clock.ask(Stage.RANKING, until -> ranking.rank(call, until)));
    }

    private StageOutcome<Reranked> rerank(Turn turn, RankedPool ranked, StageClock clock) {
        if (ranked.size() == 0 || !turn.pipeline().reranks()) {
            return new StageOutcome.Skipped<>();
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
                turn.effort(),
                turn.request().traced(),
                turn.request().explain(),
                turn.request().expressions());
        return misconfigurations.checked(
                turn.pipeline(), Stage.RERANKING, clock.ask(Stage.RERANKING, until -> reranking.rerank(call, until)));
    }
}
