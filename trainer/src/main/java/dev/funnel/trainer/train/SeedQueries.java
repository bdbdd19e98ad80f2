package dev.funnel.trainer.train;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;
import dev.funnel.trainer.generate.Asked;
import dev.funnel.trainer.generate.SpeakingHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Asks generators what is related to the last item that someone watched, as a page of that item will. Safe for several threads. */
record SeedQueries(FittedGenerators fitted, List<IntFunction<Optional<Asked>>> related, AvailableItems available) {
    static SeedQueries of(FittedGenerators fitted, AvailableItems available) {
        List<IntFunction<Optional<Asked>>> related = new ArrayList<>();
        fitted.members().forEach(one -> related.add(one.generator().related()));
        return new SeedQueries(fitted, List.copyOf(related), available);
    }

    /** By generator's name, what it nominates of what the person does not know; those with nothing to go on are left out. */
    Map<String, Hits> ask(History history, long timeMs) {
        SpeakingHistory watched = SpeakingHistory.of(history);
        Map<String, Hits> nominated = new LinkedHashMap<>();
        if (!watched.isEmpty()) {
            ItemTest unknown = available.notIn(history, timeMs);
            for (int i = 0; i < related.size(); i++) {
                String name = fitted.members().get(i).name();
                int limit = fitted.members().get(i).plan().limit();
                related.get(i)
                        .apply(watched.items()[0])
                        .ifPresent(asked -> nominated.put(name, asked.best(limit, unknown)));
            }
        }
        return nominated;
    }
}
