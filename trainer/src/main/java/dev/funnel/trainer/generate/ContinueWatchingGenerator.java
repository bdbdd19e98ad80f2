package dev.funnel.trainer.generate;

import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.retrieval.cold.Unfinished;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code continue-watching}: what was begun and not finished, see {@link Unfinished}. There is nothing to fit but what its score means. */
public final class ContinueWatchingGenerator implements GeneratorKind {

    @Override
    public String name() {
        return "continue-watching";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        Unfinished usual = Unfinished.of(Map.of());
        Unfinished rule = new Unfinished(
                line.number("least_share", usual.leastShare(), 0, 1),
                line.number("most_share", usual.mostShare(), 0, 1),
                line.days("window", usual.windowDays()));
        return (input, progress) -> new Fitted(rule, input.items().number("duration_seconds"));
    }

    private record Fitted(Unfinished rule, @Nullable NumberColumn durations) implements FittedGenerator {
        @Override
        public String kind() {
            return "continue-watching";
        }

        @Override
        public Map<String, Double> parameters() {
            return rule.parameters();
        }

        @Override
        public boolean nominatesWatched() {
            return true;
        }

        @Override
        public Optional<Asked> ask(Asker asker) {
            Map<Integer, Float> begun = rule.scores(asker.history(), durations, asker.timeMs());
            return begun.isEmpty() ? Optional.empty() : Optional.of(new ScoredItems(begun));
        }

        @Override
        public void write(GeneratorFiles files) throws IOException {
            float[] shares = {(float) rule.leastShare(), (float) rule.mostShare()};
            new TensorFileWriter(files.tensors()).add("shares", shares).write();
        }
    }
}
