package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.BagFeature;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.EmbeddingFeature;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.InvalidSchemaException;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import java.util.ArrayList;
import java.util.List;

/** Turns a schema's features into readers and writers. */
final class SchemaCompiler {
    private final FeatureSchema schema;
    private final FeatureStore store;
    private final RequestPlan plan;
    private final RequestReaders requestReaders;
    private final CandidateReaders candidateReaders;
    private final RowsReaders rowsReaders;
    private final RequestSide requestSide = new RequestSide();
    private final CandidateSide candidateSide = new CandidateSide();
    private final List<CompiledBlock> blocks = new ArrayList<>();
    private final List<Lookup> lookups = new ArrayList<>();

    SchemaCompiler(FeatureSchema schema, FeatureStore store, RequestPlan plan, StoredLookups lookups) {
        this.schema = schema;
        this.store = store;
        this.plan = plan;
        this.requestReaders = new RequestReaders(store);
        this.candidateReaders = new CandidateReaders(store, plan, lookups);
        this.rowsReaders = new RowsReaders(store, plan, lookups);
        schema.tables().forEach(this::checkTable);
        schema.blocks().forEach(this::addBlock);
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
        var matrix = store.tables().get(table.name());
        int rows = switch (table.keys()) {
            case ITEM -> store.items().storedSize();
            case TEXT ->
                store.vocabularies().containsKey(table.name())
                        ? store.vocabularies().get(table.name()).size()
                        : -1;
        };
        if (matrix == null || matrix.rows() != rows || matrix.columns() != table.width()) {
            String found = matrix == null ? "nothing" : matrix.rows() + " x " + matrix.columns();
            throw new InvalidSchemaException(
                    "table \"" + table.name() + "\"", found, "must be " + rows + " x " + table.width());
        }
    }

    private void addBlock(Block block) {
        if (block.source().oncePerRequest()) {
            addRequestBlock(block);
        } else {
            addCandidateBlock(block);
        }
    }

    private void addRequestBlock(Block block) {
        int index = blocks.size();
        CompiledBlock.OfRequest compiled = new CompiledBlock.OfRequest(index);
        int column = 0;
        for (Feature feature : block.features()) {
            switch (feature) {
                case NumberFeature number -> {
                    int slot = requestSide.number(number.name(), requestReaders.of(number));
                    compiled.add(new NumberPart(number, scale(number), slot, column));
                }
                case CategoryFeature category -> compiled.add(requestLookup(category, category.table(), index, column));
                case BagFeature bag -> compiled.add(requestLookup(bag, bag.table(), index, column));
                case EmbeddingFeature embedding ->
                    compiled.addVector(requestSide.vector(plan.mean(embedding.name(), embedding.of())), column);
            }
            column += schema.width(feature);
        }
        blocks.add(compiled);
    }

    private RequestLookupPart requestLookup(Feature feature, String table, int block, int column) {
        int slot = requestSide.rows(feature.name(), rowsReaders.ofRequest(feature, table));
        Lookup.OfRequest lookup = new Lookup.OfRequest(feature.name(), table(table), block, column, slot);
        lookups.add(lookup);
        return new RequestLookupPart(lookup, rows(feature, table));
    }

    private void addCandidateBlock(Block block) {
        int index = blocks.size();
        boolean ofItem = block.source() != Source.CANDIDATE;
        CompiledBlock.OfCandidates compiled = new CompiledBlock.OfCandidates(index);
        int column = 0;
        for (Feature feature : block.features()) {
            switch (feature) {
                case NumberFeature number -> {
                    int slot = candidateSide.number(number.name(), candidateReaders.of(number), ofItem);
                    compiled.add(new NumberPart(number, scale(number), slot, column));
                }
                case CategoryFeature category -> compiled.add(itemLookup(category, category.table(), index, column));
                case BagFeature bag -> compiled.add(itemLookup(bag, bag.table(), index, column));
                case EmbeddingFeature embedding ->
                    compiled.add(new VectorPart(rows(embedding, embedding.of()), column));
            }
            column += schema.width(feature);
        }
        blocks.add(compiled);
    }

    private ItemLookupPart itemLookup(Feature feature, String table, int block, int column) {
        ItemRows rows = rowsReaders.ofItem(feature, table);
        Lookup.OfItem lookup = new Lookup.OfItem(feature.name(), table(table), block, column, rows);
        lookups.add(lookup);
        return new ItemLookupPart(lookup, rows(feature, table));
    }

    private VectorRows rows(Feature feature, String table) {
        return VectorRows.of(plan.matrix(feature.name(), table));
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
