package dev.funnel.candidate.generate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.retrieval.cold.Unfinished;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Continue watching: what the user began within a window and did not finish, see {@link Unfinished}. */
public final class ContinueWatchingKind implements GeneratorKind {
    @Override
    public String name() {
        return "continue-watching";
    }

    @Override
    public Generator load(Bundle bundle, GeneratorEntry entry, GeneratorSettings settings, Serving serving) {
        return new Continue(
                entry, Unfinished.of(entry.parameters()), bundle.items().number("duration_seconds"));
    }

    private record Continue(
            GeneratorEntry entry, Unfinished rule, @Nullable NumberColumn durations) implements Generator {
        @Override
        public String index() {
            return "the history of the request";
        }

        @Override
        public boolean nominatesWatched() {
            return true;
        }

        @Override
        public Optional<Search> search(Question question) {
            Map<Integer, Float> begun = rule.scores(
                    question.history(), durations, question.circumstances().timeMs());
            return begun.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ScoredItems(
                            begun,
                            QueryOrigin.RECENT_ITEMS,
                            ItemOrigin.COLUMN,
                            begun.size() + " recent items begun and not finished"));
        }
    }
}
