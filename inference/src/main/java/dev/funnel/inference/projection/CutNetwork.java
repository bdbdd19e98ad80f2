package dev.funnel.inference.projection;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.EmbeddingFeature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.InvalidSchemaException;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.inference.engine.EngineChoice.Part;
import dev.funnel.inference.onnx.DamagedModelException;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.inference.onnx.Origin;
import dev.funnel.inference.onnx.ShareCut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ranker's network in parts: one that makes an item's share of it, one that makes a request's, and one that makes the scores of the
 * shares and of what is read of each candidate. A share is a vector, usually the product of the first layer's weights with the blocks
 * in question.
 *
 * @param items makes the item's shares
 * @param requests makes the request's shares; null if the request's blocks go into {@code main}
 * @param main makes the scores; its blocks are those of {@code read}, then the request's shares, then the item's
 * @param read blocks of the schema that {@code main} takes as they are
 */
public record CutNetwork(Part items, @Nullable Part requests, Part main, List<Block> read) {
    private static final Logger LOG = LoggerFactory.getLogger(CutNetwork.class);
    private static final String ITEM_SHARE = "item_share";
    private static final String REQUEST_SHARE = "request_share";
    private static final String NO_FILE = "computed";

    public CutNetwork {
        read = List.copyOf(read);
    }

    /** Cuts a network that fits the schema; empty if nothing in it depends on the item alone, or not in a form that can be cut. */
    public static Optional<CutNetwork> of(OnnxFile model, FeatureSchema schema) {
        try {
            Map<String, Origin> origins = origins(schema);
            OnnxFile split = ShareCut.split(model, origins);
            Optional<ShareCut> ofItems = ShareCut.of(split, origins, Origin.ITEM, ITEM_SHARE);
            return ofItems.isEmpty() ? Optional.empty() : Optional.of(of(ofItems.get(), origins, schema));
        } catch (DamagedModelException | InvalidSchemaException e) {
            LOG.warn("the network is not cut, it runs whole: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Map<String, Origin> origins(FeatureSchema schema) {
        Map<String, Origin> origins = new HashMap<>();
        for (Block block : schema.blocks()) {
            origins.put(
                    block.name(),
                    switch (block.source()) {
                        case USER, CONTEXT -> Origin.REQUEST;
                        case ITEM -> Origin.ITEM;
                        case PAIR, CANDIDATE -> Origin.CANDIDATE;
                    });
        }
        return origins;
    }

    private static CutNetwork of(ShareCut ofItems, Map<String, Origin> origins, FeatureSchema schema)
            throws DamagedModelException {
        ShareCut ofRequest = ShareCut.of(ofItems.rest(), origins, Origin.REQUEST, REQUEST_SHARE)
                .orElse(null);
        List<Block> read = schema.blocks().stream()
                .filter(block -> block.source() != Source.ITEM)
                .filter(block -> ofRequest == null || !block.source().oncePerRequest())
                .toList();
        List<Block> inputs = new ArrayList<>(read);
        List<VectorTable> tables = new ArrayList<>(schema.tables());
        if (ofRequest != null) {
            addShares(ofRequest, Source.USER, Reading.HISTORY_VECTOR, inputs, tables);
        }
        addShares(ofItems, Source.ITEM, Reading.VECTOR, inputs, tables);
        FeatureSchema main = new FeatureSchema(schema.recentWatches(), tables, inputs, schema.heads());
        Part items = part(ofItems, schema, schema.blocks().stream().filter(block -> block.source() == Source.ITEM));
        Part requests = ofRequest == null
                ? null
                : part(
                        ofRequest,
                        schema,
                        schema.blocks().stream().filter(block -> block.source().oncePerRequest()));
        OnnxFile rest = ofRequest == null ? ofItems.rest() : ofRequest.rest();
        return new CutNetwork(items, requests, new Part(rest, main), read);
    }

    /** Shares are given to {@code main} as embeddings are: one block each. */
    private static void addShares(
            ShareCut cut, Source source, Reading reading, List<Block> blocks, List<VectorTable> tables) {
        cut.widths().forEach((name, width) -> {
            tables.add(new VectorTable(name, width, VectorTable.Keys.ITEM, NO_FILE, name));
            blocks.add(new Block(name, source, List.of(new EmbeddingFeature(name, reading, name))));
        });
    }

    private static Part part(ShareCut cut, FeatureSchema schema, Stream<Block> blocks) {
        List<Head> heads = new ArrayList<>();
        cut.widths().forEach((name, width) -> heads.add(new Head(name, name, "1", width)));
        return new Part(
                cut.shares(), new FeatureSchema(schema.recentWatches(), schema.tables(), blocks.toList(), heads));
    }

    /** The schema of the blocks that {@code main} takes as they are, of which there must be some. */
    FeatureSchema readSchema() {
        FeatureSchema schema = items.schema();
        return new FeatureSchema(
                schema.recentWatches(), schema.tables(), read, main.schema().heads());
    }

    /** Index of the first block of {@code main} that is a request's share. */
    int firstRequestShare() {
        return read.size();
    }

    /** Index of the first block of {@code main} that is an item's share. */
    int firstItemShare() {
        return main.schema().blocks().size() - items.schema().heads().size();
    }

    /** How many numbers an item's shares have together. */
    public int itemWidth() {
        return items.schema().heads().stream().mapToInt(Head::width).sum();
    }
}
