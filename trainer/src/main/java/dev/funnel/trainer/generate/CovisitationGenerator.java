package dev.funnel.trainer.generate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.NeighbourLists;
import dev.funnel.retrieval.NeighbourSums;
import dev.funnel.trainer.fit.Covisitation;
import dev.funnel.trainer.fit.CovisitationSettings;
import dev.funnel.trainer.fit.CovisitationSettings.Measure;
import dev.funnel.trainer.fit.Neighbours;
import dev.funnel.trainer.fit.SparseRows;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * {@code covisitation}: items related to those of the history, by users or by their sessions, see {@link Covisitation};
 * with {@code decay} below 1, to the later of them more.
 */
public final class CovisitationGenerator implements GeneratorKind {

    private static final String COSINE = "cosine";
    private static final String CONDITIONAL = "conditional";
    private static final String USERS = "users";
    private static final String SESSIONS = "sessions";
    private static final double LEAST_DECAY = 1e-3;
    private static final double MILLIS_PER_DAY = 86_400_000;
    private static final double USUAL_PAUSE_DAYS = 30 / (24 * 60.0);

    @Override
    public String name() {
        return "covisitation";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        CovisitationSettings usual = CovisitationSettings.defaults(1);
        int neighbours = line.whole("neighbours", usual.neighbours(), 1, 1_000);
        double shrinkage = line.number("shrinkage", usual.shrinkage(), 0, 1e9);
        int longest = line.whole("longest_history", usual.longestHistory(), 2, 100_000);
        Measure measure =
                line.oneOf("measure", COSINE, List.of(COSINE, CONDITIONAL)).equals(COSINE)
                        ? Measure.COSINE
                        : Measure.CONDITIONAL;
        double decay = line.number("decay", 1, LEAST_DECAY, 1);
        boolean sessions = line.oneOf("over", USERS, List.of(USERS, SESSIONS)).equals(SESSIONS);
        long pauseMs = Math.round(line.days("session_pause", USUAL_PAUSE_DAYS) * MILLIS_PER_DAY);
        return (input, progress) -> {
            CovisitationSettings settings =
                    new CovisitationSettings(measure, neighbours, shrinkage, longest, input.threads());
            SparseRows rows = sessions ? input.sessions(pauseMs) : input.matrix();
            Neighbours fitted = Covisitation.fit(rows, settings, progress);
            return new Fitted(fitted, fitted.lists(), settings, decay);
        };
    }

    private record Fitted(Neighbours neighbours, NeighbourLists lists, CovisitationSettings settings, double decay)
            implements FittedGenerator {
        @Override
        public String kind() {
            return "covisitation";
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of(
                    "neighbours", (double) settings.neighbours(), "shrinkage", settings.shrinkage(), "decay", decay);
        }

        @Override
        public boolean personal() {
            return true;
        }

        @Override
        public Optional<Asked> ask(Asker asker) {
            SpeakingHistory history = SpeakingHistory.of(asker.history());
            return history.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Related(lists.sums(history.items(), history.weights(), decay)));
        }

        @Override
        public IntFunction<Optional<Asked>> related() {
            return seed -> Optional.of(new Related(lists.sums(new int[] {seed}, new float[] {1}, decay)));
        }

        @Override
        public void write(GeneratorFiles files) throws IOException {
            new TensorFileWriter(files.tensors())
                    .add("offsets", neighbours.offsets())
                    .add("neighbours", neighbours.neighbours())
                    .add("scores", neighbours.scores())
                    .write();
        }
    }

    private record Related(NeighbourSums sums) implements Asked {
        @Override
        public Hits best(int k, ItemTest filter) {
            return sums.best(k, filter);
        }

        @Override
        public float score(int item) {
            return sums.score(item);
        }
    }
}
