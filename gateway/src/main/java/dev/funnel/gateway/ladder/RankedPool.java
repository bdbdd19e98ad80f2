package dev.funnel.gateway.ladder;

import dev.funnel.gateway.stage.Ranks;
import dev.funnel.gateway.stage.Retrieved;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.ComparedScore;
import dev.funnel.runtime.wire.HeadValues;
import dev.funnel.runtime.wire.Nomination;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A pool of candidates with one score each. The scores are the ranker's; or, without a ranker, the calibrated retrieval scores;
 * or, where generators are not calibrated, reciprocal ranks summed over generators (Cormack, Clarke, Buettcher 2009).
 */
public final class RankedPool {
    /** Where the scores are from. */
    public enum Basis {
        RANKER,
        CALIBRATED_SCORES,
        RECIPROCAL_RANKS
    }

    private static final float RECIPROCAL_RANK_OFFSET = 60;

    private final Candidates pool;
    private final float[] scores;
    private final List<HeadValues> heads;
    private final Basis basis;
    private int @Nullable [] order;

    private RankedPool(Candidates pool, float[] scores, List<HeadValues> heads, Basis basis) {
        this.pool = pool;
        this.scores = scores;
        this.heads = heads;
        this.basis = basis;
    }

    /** The candidates there are with the best scores there are. */
    public static RankedPool of(StageOutcome<Retrieved> candidates, StageOutcome<Ranks> ranks) {
        Candidates pool = candidates.answer().map(Retrieved::candidates).orElse(Candidates.NONE);
        Optional<Ranks> ranked = ranks.answer();
        if (ranked.isPresent()) {
            return new RankedPool(pool, ranked.get().scores(), ranked.get().heads(), Basis.RANKER);
        } else if (pool.calibratedScores().length == pool.size()) {
            return new RankedPool(pool, pool.calibratedScores(), List.of(), Basis.CALIBRATED_SCORES);
        }
        return new RankedPool(pool, reciprocalRanks(pool), List.of(), Basis.RECIPROCAL_RANKS);
    }

    public Candidates pool() {
        return pool;
    }

    public int size() {
        return pool.size();
    }

    /** One score per candidate, in the order of the pool. */
    public float[] scores() {
        return scores;
    }

    /** Values of the heads asked for. */
    public List<HeadValues> heads() {
        return heads;
    }

    /** Values of the heads named, of those there are. */
    public List<HeadValues> heads(List<String> names) {
        return heads.stream().filter(head -> names.contains(head.head())).toList();
    }

    public Basis basis() {
        return basis;
    }

    /** Positions in the pool, best first: by {@link ComparedScore}, then by item id. */
    public int[] order() {
        if (order == null) {
            order = IntStream.range(0, pool.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer position) -> 0.0 - ComparedScore.of(scores[position]))
                            .thenComparing(position -> pool.itemIds().get(position)))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return order;
    }

    /** The place of a position in the order, from 1. */
    public int place(int position) {
        return 1
                + IntStream.range(0, pool.size())
                        .filter(at -> order()[at] == position)
                        .findFirst()
                        .orElseThrow();
    }

    private static float[] reciprocalRanks(Candidates pool) {
        float[] scores = new float[pool.size()];
        for (Nomination nomination : pool.nominations()) {
            for (int rank = 0; rank < nomination.size(); rank++) {
                scores[nomination.positions()[rank]] += 1 / (RECIPROCAL_RANK_OFFSET + rank + 1);
            }
        }
        return scores;
    }
}
