package dev.funnel.trainer.generate;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.inference.Tower;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.tower.TrainedTowers;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Retrieval networks as a generator. Served as {@code tower}. */
public final class FittedTowers implements FittedGenerator {

    private static final int OF_ITEM_TOWER = 1;

    private final TrainedTowers trained;
    private final List<Asker> people;
    private final Similarity similarity;
    private final int[] itemOrigins;
    private final Map<String, Double> parameters;
    private final ExactScanIndex index;

    /**
     * Towers trained on this input.
     *
     * @param people some of those the towers were trained for, whom an index of the items is tried with
     * @param similarity by which items are found
     * @param parameters what they were fitted with, for the manifest
     */
    public FittedTowers(
            TrainedTowers trained,
            FittingInput input,
            List<Asker> people,
            Similarity similarity,
            Map<String, Double> parameters) {
        this.trained = trained;
        this.similarity = similarity;
        this.people = List.copyOf(people);
        this.itemOrigins = origins(trained, input);
        this.parameters = Map.copyOf(parameters);
        this.index = new ExactScanIndex(trained.items(), similarity);
    }

    /** A tower places items that nobody watched by their features alone; where items have rows, that is not known of any. */
    private static int[] origins(TrainedTowers trained, FittingInput input) {
        int[] origins = new int[trained.items().rows()];
        Arrays.fill(origins, trained.settings().item() == null ? GeneratorFiles.FITTED : OF_ITEM_TOWER);
        for (int place : input.speaking()) {
            origins[input.deeds().log().items()[place]] = GeneratorFiles.FITTED;
        }
        return origins;
    }

    @Override
    public String kind() {
        return "tower";
    }

    @Override
    public String similarity() {
        return similarity.label();
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

    /** People's, as far as there are any: items lie elsewhere than those who are asked about. */
    @Override
    public FloatMatrix queryVectors() {
        if (people.isEmpty()) {
            return trained.items();
        }
        float[] vectors = new float[people.size() * dimensions()];
        for (int i = 0; i < people.size(); i++) {
            System.arraycopy(vector(people.get(i)), 0, vectors, i * dimensions(), dimensions());
        }
        return FloatMatrix.of(vectors, people.size(), dimensions());
    }

    private float[] vector(Asker asker) {
        return trained.person(RankingInput.ofPerson(
                asker.timeMs(), Tower.profile(asker.profile()), asker.context(), asker.history(), 0));
    }

    @Override
    public boolean personal() {
        return true;
    }

    @Override
    public Optional<Asked> ask(Asker asker) {
        return asker.history().size() == 0 && Tower.profile(asker.profile()).isEmpty()
                ? Optional.empty()
                : Optional.of(new Nearest(index, vector(asker)));
    }

    @Override
    public IntFunction<Optional<Asked>> related() {
        return Nearest.related(trained.items(), new ExactScanIndex(trained.items(), Similarity.COSINE));
    }

    @Override
    public void write(GeneratorFiles files) throws IOException {
        new TensorFileWriter(files.tensors())
                .add(GeneratorFiles.ITEM_VECTORS, trained.items())
                .add(GeneratorFiles.ITEM_ORIGINS, itemOrigins)
                .write();
        trained.writeTo(files.draft());
    }
}
