package dev.funnel.gateway.grpc;

import dev.funnel.gateway.stage.RerankCall;
import dev.funnel.gateway.stage.Reranked;
import dev.funnel.gateway.stage.RerankingStage;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.proto.reranker.v1.RemovalCount;
import dev.funnel.proto.reranker.v1.RerankRequest;
import dev.funnel.proto.reranker.v1.RerankResponse;
import dev.funnel.proto.reranker.v1.RerankerServiceGrpc;
import dev.funnel.proto.reranker.v1.RerankerServiceGrpc.RerankerServiceBlockingStub;
import dev.funnel.proto.reranker.v1.SlateItem;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.ExpressionFilters;
import dev.funnel.runtime.wire.FloatColumn;
import dev.funnel.runtime.wire.ReportsFromWire;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.ToWire;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/** {@code reranker.v1.RerankerService} as a stage. */
public final class GrpcRerankingStage implements RerankingStage {
    private final RerankerServiceBlockingStub service;

    public GrpcRerankingStage(Channel channel) {
        this.service = RerankerServiceGrpc.newBlockingStub(channel);
    }

    @Override
    public StageOutcome<Reranked> rerank(RerankCall call, Deadline until) {
        return StageCalls.outcome(
                Stage.RERANKING,
                () -> answer(call, StageCalls.until(service, until).rerank(request(call))));
    }

    private static RerankRequest request(RerankCall call) {
        return RerankRequest.newBuilder()
                .setUser(ToWire.userState(call.user()))
                .setQuery(ToWire.query(call.query()))
                .setBundle(ToWire.bundleRef(call.bundle()))
                .setCandidates(dev.funnel.proto.common.v1.Candidates.newBuilder()
                        .addAllItemIds(call.candidates().itemIds())) // who nominated them is of no matter to rules
                .addAllScores(FloatColumn.of(call.scores()))
                .addAllHeads(call.heads().stream().map(ToWire::headValues).toList())
                .setPolicy(call.policy())
                .setSlateSize(call.slateSize())
                .setSeed(call.seed())
                .addAllTraceItemIds(call.traced())
                .addAllStrictRules(ToWire.strictRules(call.strictRules()))
                .setEffort(call.effort())
                .setExplain(call.explain())
                .addAllExpressions(ExpressionFilters.toWire(call.expressions()))
                .build();
    }

    private static Reranked answer(RerankCall call, RerankResponse response) {
        StageCalls.checkVersion(call.bundle(), response.getBundle());
        Candidates pool = call.candidates();
        return new Reranked(
                slate(response.getSlateList(), pool, call.slateSize()),
                removals(response, pool.size()),
                response.getRemovalCountsList().stream()
                        .filter(removed -> removed.getCount() > 0)
                        .collect(Collectors.toMap(RemovalCount::getRule, RemovalCount::getCount, Integer::sum)),
                response.getPolicy(),
                response.getPolicyHash(),
                degradations(response),
                ReportsFromWire.report(response.getReport()),
                ReportsFromWire.traces(response.getTracesList()));
    }

    private static List<Reranked.Place> slate(List<SlateItem> wire, Candidates pool, int size) {
        Bounds.atMost("slate", wire, size);
        BitSet taken = new BitSet(pool.size());
        List<Reranked.Place> slate = new ArrayList<>(wire.size());
        for (int i = 0; i < wire.size(); i++) {
            Reranked.Place place = place("slate[" + i + "]", wire.get(i), pool);
            if (taken.get(place.position())) {
                throw new CallerError("slate[" + i + "].item_id", wire.get(i).getItemId(), "must not stand twice");
            }
            taken.set(place.position());
            slate.add(place);
        }
        return List.copyOf(slate);
    }

    private static Reranked.Place place(String field, SlateItem wire, Candidates pool) {
        int position = Bounds.between(field + ".candidate_position", wire.getCandidatePosition(), 0, pool.size() - 1);
        if (!pool.itemIds().get(position).equals(wire.getItemId())) {
            throw new CallerError(
                    field + ".item_id", wire.getItemId(), "must be the candidate at position " + position);
        }
        List<Reranked.Reason> reasons = wire.getReasonsList().stream()
                .map(reason -> new Reranked.Reason(
                        reason.getRule(),
                        (float) Bounds.finite(field + ".reasons.score_delta", reason.getScoreDelta()),
                        reason.getDetail()))
                .toList();
        return new Reranked.Place(
                position,
                (float) Bounds.finite(field + ".score", wire.getScore()),
                Bounds.finite(field + ".propensity", wire.getPropensity()),
                wire.getTeam(),
                reasons);
    }

    private static List<Reranked.Removal> removals(RerankResponse response, int pool) {
        return response.getRemovalsList().stream()
                .map(removal -> new Reranked.Removal(
                        Bounds.between("removals.candidate_position", removal.getCandidatePosition(), 0, pool - 1),
                        removal.getRule(),
                        removal.getDetail()))
                .toList();
    }

    private static List<Degradation> degradations(RerankResponse response) {
        List<Degradation> degradations = new ArrayList<>(ReportsFromWire.degradations(response.getDegradationsList()));
        response.getRelaxedRulesList().stream()
                .filter(rule -> degradations.stream()
                        .noneMatch(said -> said.kind() == DegradationKind.RELAXED_RULE
                                && said.component().equals(rule)))
                .map(rule -> new Degradation(
                        Stage.RERANKING, DegradationKind.RELAXED_RULE, rule, "it left too few items", "a fuller slate"))
                .forEach(degradations::add);
        return List.copyOf(degradations);
    }
}
