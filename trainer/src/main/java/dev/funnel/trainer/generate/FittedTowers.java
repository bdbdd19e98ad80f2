package dev.funnel.trainer.generate;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.inference.Tower;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.tower.TrainedTowers;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Retrieval networks as a generator. Served as {@code tower}. */
public final class FittedTowers implements FittedGenerator {

    private final TrainedTowers trained;
    private final Map<String, Double> parameters;
    private final ExactScanIndex index;

    /** @param parameters what they were fitted with, for the manifest */
    public FittedTowers(TrainedTowers trained, Map<String, Double> parameters) {
        this.trained = trained;
        this.parameters = Map.copyOf(parameters);
        this.index = new ExactScanIndex(trained.items(), Similarity.DOT);
    }

    @Override
    public String kind() {
        return "tower";
    }

    @Override
    public String similarity() {
        return Similarity.DOT.label();
    }

    @Override
    public int dimensions() {
        return trained.items().columns();
    }

    @Override
    public Map<String, Double> parameters() {
        return parameters;
    }

    @Override
    public FloatMatrix itemVectors() {
        return trained.items();
    }

    @Override
    public boolean personal() {
        return true;
    }

    @Override
    public Optional<Asked> ask(Asker asker) {
        Map<String, FeatureValue> profile = Tower.profile(asker.profile());
        if (asker.history().size() == 0 && profile.isEmpty()) {
            return Optional.empty();
        }
        RankingInput person = RankingInput.ofPerson(asker.timeMs(), profile, asker.context(), asker.history(), 0);
        return Optional.of(new Nearest(index, trained.person(person)));
    }

    @Override
    public void write(GeneratorFiles files) throws IOException {
        new TensorFileWriter(files.tensors())
                .add(GeneratorFiles.ITEM_VECTORS, trained.items())
                .write();
        trained.writeTo(files.draft());
    }
}
