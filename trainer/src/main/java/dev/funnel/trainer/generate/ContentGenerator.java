package dev.funnel.trainer.generate;

import dev.funnel.bundle.Column;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.cold.ContentSpace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * {@code content}: items with features like those of the history, or of the profile, see {@link ContentSpace}. Nobody else's
 * interactions matter.
 */
public final class ContentGenerator implements GeneratorKind {

    /** How many dimensions there are at most unless asked otherwise. */
    public static final int DIMENSIONS = 128;

    @Override
    public String name() {
        return "content";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        List<String> columns = line.texts("columns", List.of());
        int dimensions = line.whole("dimensions", DIMENSIONS, 8, 4_096);
        boolean byRarity = line.flag("by_rarity", true);
        Similarity similarity = line.similarity(Similarity.COSINE);
        return (input, progress) -> {
            List<String> chosen = columns.isEmpty() ? features(input.items()) : columns;
            ContentSpace space = ContentSpace.fit(input.items(), chosen, dimensions, byRarity);
            FloatMatrix vectors = space.vectors(input.items());
            return new Fitted(space, vectors, similarity, new ExactScanIndex(vectors, similarity));
        };
    }

    /** The columns that count unless asked otherwise: every column but times. */
    public static List<String> features(ItemTable items) {
        return items.columns().entrySet().stream()
                .filter(entry -> isFeature(entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static boolean isFeature(Column column) {
        return !(column instanceof TimeColumn);
    }

    private record Fitted(ContentSpace space, FloatMatrix vectors, Similarity by, ExactScanIndex index)
            implements FittedGenerator {
        @Override
        public String kind() {
            return "content";
        }

        @Override
        public String similarity() {
            return by.label();
        }

        @Override
        public int dimensions() {
            return space.dimensions();
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of();
        }

        @Override
        public FloatMatrix itemVectors() {
            return vectors;
        }

        @Override
        public boolean personal() {
            return true;
        }

        @Override
        public Optional<Asked> ask(Asker asker) {
            SpeakingHistory history = SpeakingHistory.of(asker.history());
            float[] query = history.isEmpty()
                    ? space.vector(Askers.profile(asker.profile()))
                    : ContentSpace.mean(vectors, history.items(), history.weights());
            for (float value : query) {
                if (value != 0) {
                    return Optional.of(new Nearest(index, query));
                }
            }
            return Optional.empty();
        }

        @Override
        public IntFunction<Optional<Asked>> related() {
            return Nearest.related(vectors, index);
        }

        @Override
        public void write(GeneratorFiles files) throws IOException {
            TensorFileWriter writer = new TensorFileWriter(files.tensors()).add(GeneratorFiles.ITEM_VECTORS, vectors);
            space.addTo(writer);
            writer.write();
        }
    }
}
