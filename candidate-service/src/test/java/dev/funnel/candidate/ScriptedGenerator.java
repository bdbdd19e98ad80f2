package dev.funnel.candidate;

import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTest;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.generate.Search;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A generator that does what a test tells it to when it is asked. */
record ScriptedGenerator(
        GeneratorEntry entry,
        Supplier<Hits> answer,
        @Nullable Hits exactAnswer) implements Generator, Search {
    static ScriptedGenerator named(String name, Supplier<Hits> answer) {
        return new ScriptedGenerator(
                new GeneratorEntry(
                        name,
                        "scripted",
                        "generators/als.safetensors",
                        null,
                        0,
                        20,
                        new Calibration(1, 0),
                        null,
                        Map.of()),
                answer,
                null);
    }

    /** The same, but that it admits to another, exact answer. */
    ScriptedGenerator approximating(Hits exact) {
        return new ScriptedGenerator(entry, answer, exact);
    }

    @Override
    public String index() {
        return "a script";
    }

    @Override
    public Optional<Search> search(Question question) {
        return Optional.of(this);
    }

    @Override
    public QueryOrigin origin() {
        return QueryOrigin.LIST;
    }

    @Override
    public String note() {
        return "as told";
    }

    @Override
    public boolean exact() {
        return exactAnswer == null;
    }

    @Override
    public Hits best(int limit, ItemTest filter, SearchLimit searchLimit) {
        return answer.get();
    }

    @Override
    public Hits exactBest(int limit, ItemTest filter, SearchLimit searchLimit) {
        return Objects.requireNonNull(exactAnswer);
    }

    @Override
    public float score(int itemIndex) {
        return itemIndex;
    }
}
