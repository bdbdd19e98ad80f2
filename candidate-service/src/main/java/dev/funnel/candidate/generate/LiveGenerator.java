package dev.funnel.candidate.generate;

import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.candidate.index.LiveVectors;
import dev.funnel.retrieval.Similarity;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bundle's generator over the items as they are now. What it searches, it searches in live items too, as far as it has a place for
 * them: generators with vectors do, and the list of the newest. Live items may be what a question is about in the same generators, and
 * are continued; the others are asked without them.
 */
public final class LiveGenerator implements Generator {
    private final Generator stored;
    private final LiveDelta live;
    private final @Nullable Double newestMillis;

    /**
     * Over a generator of the bundle.
     *
     * @param vectors of live items that are searched here
     * @param elsewhere of those that other processes search
     * @param changes of the bundle's own items
     */
    public LiveGenerator(
            Generator stored, ItemTable items, LiveVectors vectors, LiveVectors elsewhere, StoredChanges changes) {
        this.stored = stored;
        this.newestMillis = stored.entry().parameters().get(GeneratorEntry.NEWEST_AT_MS);
        this.live = new LiveDelta(stored, items, vectors, elsewhere, changes);
    }

    @Override
    public GeneratorEntry entry() {
        return stored.entry();
    }

    @Override
    public String index() {
        return stored.index();
    }

    @Override
    public float indexRecall() {
        return stored.indexRecall();
    }

    @Override
    public Similarity similarity(QueryOrigin origin) {
        return stored.similarity(origin);
    }

    @Override
    public Optional<NewItems> newItems() {
        return stored.newItems();
    }

    @Override
    public Optional<Search> search(Question question) {
        TimeColumn published = live.items().time("published_at");
        return published != null && newestMillis != null
                ? stored.search(question.stored(live.storedSize()))
                        .map(search -> new LiveNewestSearch(search, live, published, newestMillis.longValue()))
                : stored.search(question, live);
    }

    @Override
    public void close() {
        stored.close();
    }
}
