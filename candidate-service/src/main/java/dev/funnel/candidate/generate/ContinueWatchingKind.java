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
    private static final String DURATION = "duration_seconds";

    @Override
    public String name() {
        return "continue-watching";
    }

    @Override
    public Generator load(Bundle bundle, GeneratorEntry entry, GeneratorSettings settings, Serving serving) {
        return new Continue(
                entry, Unfinished.of(entry.parameters()), bundle.items().number(DURATION));
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
            return search(question, durations);
        }

        @Override
        public Optional<Search> search(Question question, LiveDelta live) {
            return search(question, live.items().number(DURATION));
        }

        private Optional<Search> search(Question question, @Nullable NumberColumn seconds) {
            Map<Integer, Float> begun = rule.scores(
                    question.history(), seconds, question.circumstances().timeMs());
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
