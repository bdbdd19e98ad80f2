package dev.funnel.trainer.generate;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.FoldIn;
import dev.funnel.retrieval.FoldInSettings;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.fit.Factors;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Factors of users and items as a generator, however they were found; strangers are folded in, or placed by their profile. Served as
 * {@code factorization}.
 */
public final class FittedFactors implements FittedGenerator {

    private final Factors factors;
    private final ColdStart cold;
    private final Similarity similarity;
    private final FoldInSettings foldInSettings;
    private final Map<String, Double> settings;
    private final ExactScanIndex index;
    private final FoldIn foldIn;
    private final boolean foldsInItems;

    /**
     * Factors fitted on this input.
     *
     * @param limit how many items are usually asked for
     * @param settings what they were fitted with, for the manifest
     */
    public FittedFactors(
            Factors factors,
            FittingInput input,
            int limit,
            Similarity similarity,
            FoldInSettings foldInSettings,
            Map<String, Double> settings) {
        this.cold = ColdStart.of(factors, input, limit);
        this.factors = new Factors(factors.users(), cold.items(), factors.gramian());
        this.similarity = similarity;
        this.foldInSettings = foldInSettings;
        this.settings = Map.copyOf(settings);
        this.index = new ExactScanIndex(cold.items(), similarity);
        this.foldIn = new FoldIn(cold.items(), factors.gramian(), foldInSettings);
        this.foldsInItems = false;
    }

    private FittedFactors(FittedFactors fitted, boolean foldsInItems) {
        this.factors = fitted.factors;
        this.cold = fitted.cold;
        this.similarity = fitted.similarity;
        this.foldInSettings = fitted.foldInSettings;
        this.settings = fitted.settings;
        this.index = fitted.index;
        this.foldIn = fitted.foldIn;
        this.foldsInItems = foldsInItems;
    }

    /**
     * The same of a fit whose objective is that of {@link FoldIn}: an item can be folded in from who watched it, and what that needs is
     * written. After other fits it would lie nearer to the origin than the items fitted do, and be found too seldom or too often.
     */
    FittedFactors foldingInItems() {
        return new FittedFactors(this, true);
    }

    @Override
    public String kind() {
        return "factorization";
    }

    @Override
    public String similarity() {
        return similarity.label();
    }

    @Override
    public int dimensions() {
        return factors.items().columns();
    }

    @Override
    public Map<String, Double> parameters() {
        Map<String, Double> parameters = new HashMap<>(settings);
        parameters.putAll(foldInSettings.parameters());
        return parameters;
    }

    @Override
    public FloatMatrix itemVectors() {
        return factors.items();
    }

    @Override
    public FloatMatrix queryVectors() {
        return factors.users();
    }

    @Override
    public boolean personal() {
        return true;
    }

    @Override
    public Optional<Asked> ask(Asker asker) {
        SpeakingHistory history = SpeakingHistory.of(asker.history());
        if (history.isEmpty()) {
            return cold.profiles().of(Askers.profile(asker.profile())).map(vector -> new Nearest(index, vector));
        }
        float[] query =
                asker.row() >= 0 ? factors.users().row(asker.row()) : foldIn.solve(history.items(), history.weights());
        return Optional.of(new Nearest(index, query));
    }

    @Override
    public IntFunction<Optional<Asked>> related() {
        return Nearest.related(factors.items(), new ExactScanIndex(factors.items(), Similarity.COSINE));
    }

    @Override
    public void write(GeneratorFiles files) throws IOException {
        TensorFileWriter writer = new TensorFileWriter(files.tensors())
                .add(GeneratorFiles.ITEM_VECTORS, factors.items())
                .add("user_factors", factors.users())
                .add("gramian", factors.gramian(), dimensions(), dimensions());
        if (foldsInItems) {
            writer.add("user_gramian", factors.userGramian(), dimensions(), dimensions());
        }
        cold.addTo(writer);
        writer.write();
    }
}
