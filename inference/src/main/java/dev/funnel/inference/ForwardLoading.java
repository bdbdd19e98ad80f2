package dev.funnel.inference;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.engine.EngineChoice;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.feature.FeatureStore;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.onnx.OnnxFile;
import dev.funnel.inference.projection.CutNetwork;
import dev.funnel.inference.projection.ProjectedForward;
import dev.funnel.inference.projection.SharePlan;
import java.util.Optional;

/**
 * How a network is going to run, decided once a bundle: cut if it can be and there is memory for items' shares, on the engine that is
 * fastest with what then runs for each candidate.
 */
record ForwardLoading(Forward forward, EngineChoice choice) {
    static ForwardLoading load(
            OnnxFile network, FeatureTransform transform, FeatureStore store, RankerSettings settings)
            throws EngineRefusedException {
        FeatureSchema schema = transform.schema();
        Optional<CutNetwork> cut =
                settings.projectionBudgetBytes() > 0 ? CutNetwork.of(network, schema) : Optional.empty();
        EngineChoice.Part whole = new EngineChoice.Part(network, schema);
        EngineChoice choice = EngineChoice.of(
                settings.engine(), whole, cut.map(CutNetwork::main).orElse(whole));
        if (cut.isPresent()) {
            ProjectedForward projected =
                    ProjectedForward.load(cut.get(), choice.kind(), store, settings.projectionBudgetBytes());
            if (projected.projection().form() != SharePlan.Form.NONE) {
                return new ForwardLoading(projected, choice);
            }
            projected.close();
        }
        return new ForwardLoading(new WholeForward(transform, choice.kind().load(network, schema)), choice);
    }
}
