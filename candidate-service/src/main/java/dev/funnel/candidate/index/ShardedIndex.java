package dev.funnel.candidate.index;

import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.ItemFilter;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.TopK;
import dev.funnel.retrieval.VectorIndex;
import dev.funnel.retrieval.VectorScorer;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Several indexes, each over a range of rows, as one. They are searched one after the other, each for the whole number of hits, so
 * that the best of all are those of one index over all of the ranges; how many items may be visited is shared between them. It scores
 * any item, also those outside the ranges.
 */
final class ShardedIndex implements VectorIndex {
    private final List<Shard> shards;
    private final VectorScorer scorer;

    /** @param index over the rows of the range, from 0 */
    record Shard(RowRange rows, VectorIndex index) {}

    ShardedIndex(List<Shard> shards, VectorScorer scorer) {
        this.shards = List.copyOf(shards);
        this.scorer = scorer;
    }

    @Override
    public Hits search(float[] query, int k, ItemTest filter, SearchLimit limit) {
        SearchLimit part = limit.among(Math.max(1, shards.size()));
        return merged(k, filter, (index, accepted) -> index.search(query, k, accepted, part));
    }

    @Override
    public Hits exhaustive(float[] query, int k, ItemTest filter, SearchLimit limit) {
        SearchLimit part = limit.among(Math.max(1, shards.size()));
        return merged(k, filter, (index, accepted) -> index.exhaustive(query, k, accepted, part));
    }

    private Hits merged(int k, ItemTest filter, BiFunction<VectorIndex, ItemFilter, Hits> searched) {
        TopK best = new TopK(k);
        ItemFilter accepted = ItemFilter.of(filter);
        int filtered = 0;
        boolean complete = true;
        for (Shard shard : shards) {
            RowRange rows = shard.rows();
            Hits hits = searched.apply(shard.index(), accepted.within(rows.from(), rows.to()));
            for (int i = 0; i < hits.size(); i++) {
                best.offer(rows.from() + hits.items()[i], hits.scores()[i]);
            }
            filtered += hits.filtered();
            complete &= hits.complete();
        }
        return best.drain(filtered, complete);
    }

    @Override
    public float score(float[] query, int itemIndex) {
        return scorer.score(query, itemIndex);
    }

    @Override
    public void scores(float[] query, int[] named, int count, float[] into) {
        scorer.scores(query, named, count, into);
    }

    @Override
    public boolean exact() {
        return shards.stream().allMatch(shard -> shard.index().exact());
    }

    @Override
    public int size() {
        return shards.stream().mapToInt(shard -> shard.rows().size()).sum();
    }

    @Override
    public String describe() {
        return shards.isEmpty()
                ? "nothing: no shard is served"
                : shards.size() + " shards of " + size() + " items together, the first: "
                        + shards.getFirst().index().describe();
    }

    @Override
    public void close() {
        shards.forEach(shard -> shard.index().close());
    }
}
