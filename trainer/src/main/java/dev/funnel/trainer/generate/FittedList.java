package dev.funnel.trainer.generate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.RankedList;
import dev.funnel.trainer.fit.RankedItems;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * One list for everybody as a generator. Served as {@code ranked-list}.
 *
 * @param parameters what it was fitted with
 */
record FittedList(RankedItems items, RankedList list, Map<String, Double> parameters)
        implements FittedGenerator, Asked {

    static final int LONGEST = 10_000_000;
    static final int USUAL_LENGTH = 100_000;

    static FittedList of(RankedItems items, Map<String, Double> parameters) {
        return new FittedList(items, items.list(), parameters);
    }

    @Override
    public String kind() {
        return "ranked-list";
    }

    @Override
    public Optional<Asked> ask(Asker asker) {
        return Optional.of(this);
    }

    @Override
    public Hits best(int k, ItemTest filter) {
        return list.best(k, filter);
    }

    @Override
    public float score(int item) {
        return list.score(item);
    }

    @Override
    public void write(GeneratorFiles files) throws IOException {
        new TensorFileWriter(files.tensors())
                .add("items", items.items())
                .add("scores", items.scores())
                .write();
    }
}
