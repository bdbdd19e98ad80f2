package dev.funnel.inference.feature;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Source;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;

/**
 * Turns a {@link RankingInput} into the numbers a network takes. The only implementation: trainer and services call the same
 * code with the same tables, so that what a model learned on is what it is served.
 *
 * <p>Reading comes first ({@link #open}, {@link #readRequest}, {@link #readCandidates}: raw numbers and table rows), writing
 * second ({@link #write}: scaling and embedding). A trainer reads once and writes again whenever its tables have changed; a
 * service does both at once.
 * Immutable and thread-safe.
 */
public final class FeatureTransform {
    private final FeatureSchema schema;
    private final FeatureStore store;
    private final StoredLookups stored;
    private final Predicate<Block> chosen;
    private final RequestPlan plan;
    private final RequestSide requestSide;
    private final CandidateSide candidateSide;
    private final List<CompiledBlock> blocks;
    private final List<Lookup> lookups;

    /**
     * Compiles a schema against what its features are looked up in.
     *
     * @throws dev.funnel.bundle.schema.InvalidSchemaException naming the feature that asks for something the store lacks
     */
    public FeatureTransform(FeatureSchema schema, FeatureStore store) {
        this(schema, store, new StoredLookups(store), block -> true);
    }

    private FeatureTransform(FeatureSchema schema, FeatureStore store, StoredLookups stored, Predicate<Block> chosen) {
        this.schema = schema;
        this.store = store;
        this.stored = stored;
        this.chosen = chosen;
        this.plan = new RequestPlan(store, schema.recentWatches());
        SchemaCompiler compiler = new SchemaCompiler(schema, store, plan, stored, chosen);
        this.requestSide = compiler.requestSide();
        this.candidateSide = compiler.candidateSide();
        this.blocks = compiler.blocks();
        this.lookups = compiler.lookups();
    }

    /**
     * This transform reading from the items as they are now. A live item has the features it would have in a bundle that held it and
     * trained on nothing of it: its columns are read, statistics are missing, rows of its own are zeros. Made in well under a
     * millisecond: what depends on the bundle alone is shared.
     */
    public FeatureTransform over(ItemTable items) {
        return new FeatureTransform(schema, store.over(items), stored, chosen);
    }

    /**
     * This transform for those of its blocks alone: what others read is not read, and they are left as they are. Of two parts of a
     * transform, both written, come the same numbers as of the whole.
     */
    public FeatureTransform only(Predicate<Block> blocks) {
        return new FeatureTransform(schema, store, stored, chosen.and(blocks));
    }

    /** The schema it was compiled from. */
    public FeatureSchema schema() {
        return schema;
    }

    /** Every feature that looks up rows, in schema order. */
    public List<Lookup> lookups() {
        return lookups;
    }

    /** Names of the number features read once a request, by slot of {@link RequestReadings#numbers}. */
    public List<String> requestNumbers() {
        return requestSide.numberNames();
    }

    /** Names of the number features read for each candidate, by slot of {@link CandidateReadings#numbers}. */
    public List<String> candidateNumbers() {
        return candidateSide.names();
    }

    /** Works out what all candidates share. */
    public Request open(RankingInput input) {
        return plan.open(input);
    }

    /** Reads the features that all candidates share. */
    public RequestReadings readRequest(Request request) {
        return requestSide.read(request);
    }

    /** Reads the features of candidates {@code from} to {@code to}. */
    public CandidateReadings readCandidates(Request request, int from, int to) {
        return candidateSide.read(request, from, to, new Room());
    }

    /** Writes readings into the blocks, candidates from row {@code at} on. */
    public void write(RequestReadings request, CandidateReadings candidates, FeatureBlocks into, int at) {
        for (CompiledBlock block : blocks) {
            block.write(request, candidates, into, at);
        }
    }

    /**
     * Reads candidates {@code from} to {@code to} and writes them into the blocks, from row {@code at} on. What is read stays with the
     * blocks until the next time, so that nothing is allocated for a candidate.
     *
     * @param readings of the same request
     */
    public void write(Request request, RequestReadings readings, int from, int to, FeatureBlocks into, int at) {
        write(readings, candidateSide.read(request, from, to, into.room()), into, at);
    }

    /**
     * Writes the chosen blocks for items of which nothing else is known, from row {@code at} on. Blocks of source {@link Source#ITEM} have
     * the same rows in every request; of {@link #only} those this fills them for a whole bundle.
     *
     * @param items item indexes; -1 is an item the bundle does not hold
     */
    public void writeItems(int[] items, FeatureBlocks into, int at) {
        Request nobody = open(RankingInput.ofItems(items));
        write(nobody, readRequest(nobody), 0, items.length, into, at);
    }

    /** For how many of the candidates a feature was missing or out of vocabulary, by feature; those with none are left out. */
    public Map<String, Integer> missing(RequestReadings request, CandidateReadings candidates) {
        Map<String, Integer> counts = new TreeMap<>();
        ObjIntConsumer<String> missing = (feature, count) -> {
            if (count > 0) {
                counts.put(feature, count);
            }
        };
        requestSide.countMissing(request, candidates.size(), missing);
        candidateSide.countMissing(candidates, missing);
        for (CompiledBlock block : blocks) {
            block.countMissing(candidates, missing);
        }
        return counts;
    }
}
