package dev.funnel.candidate.generate;

import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.candidate.index.LiveVectors;
import dev.funnel.retrieval.Similarity;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.Optional;

/**
 * A bundle's generator over the items as they are now. Questions are put to it without the items its bundle does not hold; what it searches, it
 * searches in live items too, as far as it has a place for them: generators with vectors do, and the list of the newest.
 */
public final class LiveGenerator implements Generator {
    private static final String NEWEST = "newest";

    private final Generator stored;
    private final LiveDelta live;
    private final long newestMillis;

    /** @param newestMillis when the bundle's newest item was published; {@link TimeColumn#MISSING} if none is known */
    public LiveGenerator(Generator stored, ItemTable items, LiveVectors vectors, long newestMillis) {
        this.stored = stored;
        this.newestMillis = newestMillis;
        this.live = new LiveDelta(stored, items, vectors);
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
        return stored.search(question.stored(live.storedSize())).map(this::withLive);
    }

    private Search withLive(Search search) {
        TimeColumn published = live.items().time("published_at");
        return name().equals(NEWEST) && published != null && newestMillis != TimeColumn.MISSING
                ? new LiveNewestSearch(search, live, published, newestMillis)
                : search.over(live);
    }

    @Override
    public void close() {
        stored.close();
    }
}
