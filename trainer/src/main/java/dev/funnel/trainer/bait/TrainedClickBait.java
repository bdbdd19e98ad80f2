package dev.funnel.trainer.bait;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.HeadEntry;
import dev.funnel.bundle.RankerEntry;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.StoredFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** A click-bait model as it was trained: what is published. Its one head gives the odds that a click is left at once. */
public final class TrainedClickBait {
    static final String HEAD = "left_at_once";

    private static final String NETWORK = "click_bait/network.onnx";
    private static final String SCHEMA = "click_bait/schema.json";
    private static final String FEATURES = "click_bait/features.safetensors";

    private final FeatureSchema schema;
    private final FeatureStore store;
    private final byte[] model;
    private final double share;
    private final double area;

    TrainedClickBait(FeatureSchema schema, FeatureStore store, byte[] model, double share, double area) {
        this.schema = schema;
        this.store = store;
        this.model = model;
        this.share = share;
        this.area = area;
    }

    /** For the manifest: the share of all clicks that was left at once, and the area under the ROC curve on the last clicks. */
    public Map<String, Double> metrics() {
        return Double.isNaN(area)
                ? Map.of("click_bait.left_at_once", share)
                : Map.of("click_bait.left_at_once", share, "click_bait.auc", area);
    }

    /** Writes network, schema and features into a draft; returns what the manifest says of them. */
    public RankerEntry writeTo(BundleStore.Draft draft) throws IOException {
        Files.write(draft.file(NETWORK), model);
        Files.write(draft.file(SCHEMA), schema.toJson());
        TensorFileWriter features = new TensorFileWriter(draft.file(FEATURES));
        StoredFeatures.write(schema, store, FEATURES, features);
        features.write();
        List<HeadEntry> heads = schema.heads().stream()
                .map(head -> new HeadEntry(head.name(), head.output(), head.unit()))
                .toList();
        return new RankerEntry(NETWORK, SCHEMA, FEATURES, heads, HEAD);
    }
}
