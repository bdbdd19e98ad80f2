package dev.funnel.inference.feature;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.schema.BagFeature;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.BlockType;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.CrossFeature;
import dev.funnel.bundle.schema.EmbeddingFeature;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.IndexFeature;
import dev.funnel.bundle.schema.InvalidSchemaException;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.ReadingFeature;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.VectorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Turns a schema's features into readers and writers. */
final class SchemaCompiler {
    private final FeatureSchema schema;
    private final FeatureStore store;
    private final RequestPlan plan;
    private final StoredLookups stored;
    private final RequestReaders requestReaders;
    private final CandidateReaders candidateReaders;
    private final RowsReaders rowsReaders;
    private final RequestSide requestSide = new RequestSide();
    private final CandidateSide candidateSide = new CandidateSide();
    private final List<CompiledBlock> blocks = new ArrayList<>();
    private final List<Lookup> lookups = new ArrayList<>();

    /** Compiles the blocks that are {@code chosen}; the others are neither read nor written. */
    SchemaCompiler(
            FeatureSchema schema, FeatureStore store, RequestPlan plan, StoredLookups stored, Predicate<Block> chosen) {
        this.schema = schema;
        this.store = store;
        this.plan = plan;
        this.stored = stored;
        this.requestReaders = new RequestReaders(store);
        this.candidateReaders = new CandidateReaders(store, plan, stored);
        this.rowsReaders = new RowsReaders(store, plan, stored);
        schema.tables().forEach(this::checkTable);
        for (int index = 0; index < schema.blocks().size(); index++) {
            Block block = schema.blocks().get(index);
            if (chosen.test(block)) {
                blocks.add(compiled(index, block));
            }
        }
    }

    RequestSide requestSide() {
        return requestSide;
    }

    CandidateSide candidateSide() {
        return candidateSide;
    }

    List<CompiledBlock> blocks() {
        return List.copyOf(blocks);
    }

    List<Lookup> lookups() {
        return List.copyOf(lookups);
    }

    private void checkTable(VectorTable table) {
        int rows = switch (table.keys()) {
            case ITEM -> store.items().storedSize();
            case TEXT -> {
                Vocabulary vocabulary = store.vocabularies().get(table.name());
                yield vocabulary == null ? -1 : vocabulary.size();
            }
            case HASH -> table.buckets();
        };
        FloatMatrix matrix = store.tables().get(table.name());
        boolean fits = table.width() == 0
                ? rows >= 0
                : matrix != null && matrix.rows() == rows && matrix.columns() == table.width();
        if (!fits) {
            String found = matrix == null ? "nothing" : matrix.rows() + " x " + matrix.columns();
            throw new InvalidSchemaException(
                    "table \"" + table.name() + "\"", found, "must be " + rows + " x " + table.width());
        }
    }

    private CompiledBlock compiled(int index, Block block) {
        if (block.dtype() == BlockType.INT64) {
            return indexBlock(index, block);
        }
        return block.source().oncePerRequest() ? requestBlock(index, block) : candidateBlock(index, block);
    }

    private CompiledBlock indexBlock(int index, Block block) {
        boolean shared = block.source().oncePerRequest();
        CompiledBlock.OfIndexes compiled = new CompiledBlock.OfIndexes(index, shared);
        int column = 0;
        for (Feature feature : block.features()) {
            if (!(feature instanceof IndexFeature indexed)) {
                throw new IllegalStateException(
                        feature.name() + " is no index in a block of int64; the schema's rules say so");
            }
            compiled.add(indexPart(indexed, shared, column));
            column += schema.width(feature);
        }
        return compiled;
    }

    private IndexPart indexPart(IndexFeature indexed, boolean shared, int column) {
        VectorTable table = table(indexed.table());
        return shared
                ? new IndexPart.OfRequest(
                        indexed, requestSide.rows(indexed.name(), rowsReaders.ofRequest(indexed, table)), column)
                : new IndexPart.OfItem(indexed, rowsReaders.ofItem(indexed, table), column);
    }

    private static IllegalStateException outOfPlace(IndexFeature indexed) {
        return new IllegalStateException(
                indexed.name() + " is an index in a block of float32; the schema's rules say so");
    }

    private CompiledBlock requestBlock(int index, Block block) {
        CompiledBlock.OfRequest compiled = new CompiledBlock.OfRequest(index);
        int column = 0;
        for (Feature feature : block.features()) {
            compiled.add(requestPart(feature, index, column));
            column += schema.width(feature);
        }
        return compiled;
    }

    private RequestPart requestPart(Feature feature, int index, int column) {
        return switch (feature) {
            case NumberFeature number ->
                new NumberPart(
                        number, scale(number), requestSide.number(number.name(), requestReaders.of(number)), column);
            case CategoryFeature category -> requestLookup(category, table(category.table()), index, column);
            case BagFeature bag -> requestLookup(bag, table(bag.table()), index, column);
            case EmbeddingFeature embedding -> {
                int slot = requestSide.vector(plan.mean(embedding.name(), embedding.of()));
                yield (readings, into) -> into.set(0, column, readings.vectors()[slot]);
            }
            case IndexFeature indexed -> throw outOfPlace(indexed);
            case CrossFeature cross -> requestLookup(cross, table(cross.table()), index, column, crossing(cross)::read);
        };
    }

    private RequestPart requestLookup(ReadingFeature feature, VectorTable table, int block, int column) {
        return requestLookup(feature, table, block, column, rowsReaders.ofRequest(feature, table));
    }

    private RequestPart requestLookup(Feature feature, VectorTable table, int block, int column, RowsReader reader) {
        int slot = requestSide.rows(feature.name(), reader);
        Lookup.OfRequest lookup = new Lookup.OfRequest(feature.name(), table, block, column, slot);
        lookups.add(lookup);
        return new RequestLookupPart(lookup, rows(feature, table.name()));
    }

    private CompiledBlock candidateBlock(int index, Block block) {
        CompiledBlock.OfCandidates compiled = new CompiledBlock.OfCandidates(index);
        int column = 0;
        for (Feature feature : block.features()) {
            compiled.add(candidatePart(feature, index, column));
            column += schema.width(feature);
        }
        return compiled;
    }

    private CandidatePart candidatePart(Feature feature, int index, int column) {
        return switch (feature) {
            case NumberFeature number -> {
                int slot = candidateSide.number(number.name(), candidateReaders.of(number));
                yield new NumberPart(number, scale(number), slot, column);
            }
            case CategoryFeature category -> itemLookup(category, table(category.table()), index, column);
            case BagFeature bag -> itemLookup(bag, table(bag.table()), index, column);
            case EmbeddingFeature embedding -> new VectorPart(rows(embedding, embedding.of()), column);
            case IndexFeature indexed -> throw outOfPlace(indexed);
            case CrossFeature cross -> candidateCross(cross, table(cross.table()), index, column);
        };
    }

    private CandidatePart itemLookup(ReadingFeature feature, VectorTable table, int block, int column) {
        ItemRows rows = rowsReaders.ofItem(feature, table);
        Lookup.OfItem lookup = new Lookup.OfItem(feature.name(), table, block, column, rows);
        lookups.add(lookup);
        return new ItemLookupPart(lookup, rows(feature, table.name()));
    }

    private CandidatePart candidateCross(CrossFeature cross, VectorTable table, int block, int column) {
        int slot = candidateSide.cross(cross.name(), crossing(cross));
        Lookup.OfCandidate lookup = new Lookup.OfCandidate(cross.name(), table, block, column, slot);
        lookups.add(lookup);
        return new CrossPart(lookup, rows(cross, table.name()));
    }

    private Crossing crossing(CrossFeature cross) {
        List<Crossing.Part> parts = new ArrayList<>();
        for (CrossFeature.Part part : cross.parts()) {
            boolean shared = part.from().source().oncePerRequest();
            parts.add(
                    shared
                            ? new Crossing.Part.OfRequest(RequestTexts.of(part.from(), part.of()))
                            : new Crossing.Part.OfItem(rowsReaders.keys(
                                    cross.name(), part.from(), Objects.requireNonNullElse(part.of(), ""))));
        }
        TextRows rows = Objects.requireNonNull(store.textRows(table(cross.table())));
        return new Crossing(parts, rows.crosses());
    }

    private VectorRows rows(Feature feature, String table) {
        return stored.vectors(table, plan.matrix(feature.name(), table));
    }

    private VectorTable table(String name) {
        return schema.table(name).orElseThrow();
    }

    private NumberScale scale(NumberFeature feature) {
        if (feature.scale() == Scale.NONE) {
            return new NumberScale.Unscaled();
        }
        NumberScale scale = store.scales().get(feature.name());
        boolean fits = switch (feature.scale()) {
            case QUANTILE -> scale instanceof NumberScale.Quantiles;
            case STANDARD -> scale instanceof NumberScale.Standard;
            case NONE -> true;
        };
        if (scale == null || !fits) {
            throw new InvalidSchemaException(
                    RequestPlan.place(feature.name()), feature.scale(), "must come with the tensor that scales it");
        }
        return scale;
    }
}
