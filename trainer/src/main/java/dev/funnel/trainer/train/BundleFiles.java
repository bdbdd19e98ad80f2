package dev.funnel.trainer.train;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.GoldenQuery;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.bundle.UserTable;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.Similarity;
import dev.funnel.trainer.fit.RankedItems;
import dev.funnel.trainer.read.TrainingLog;
import dev.funnel.trainer.train.FittedGenerators.Asked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what was trained into a draft, as the files of a bundle. */
record BundleFiles(BundleStore.Draft draft) {

    static final String ITEMS = "items.safetensors";
    static final String USERS = "users.safetensors";

    /** The tensor of the items' vectors in the file of {@link Generator#ALS}. */
    static final String ITEM_FACTORS = "item_factors";

    private static final int GOLDEN_USERS = 4;
    private static final int GOLDEN_ITEMS = 10;

    /** Longer histories may be cut by who asks. */
    private static final int GOLDEN_HISTORY = 500;

    void writeTables(TrainingLog log, UserHistories histories) throws IOException {
        TableWriter items = new TableWriter(draft.file(ITEMS), log.items().ids());
        log.items().writeTo(items);
        items.write();
        TableWriter users = new TableWriter(draft.file(USERS), log.users().ids());
        log.users().writeTo(users);
        users.histories(histories.offsets(), histories.all()).write();
    }

    void writeGenerators(FittedGenerators fitted) throws IOException {
        new TensorFileWriter(draft.file(Generator.ALS.file()))
                .add(ITEM_FACTORS, fitted.factors().items())
                .add("user_factors", fitted.factors().users())
                .add(
                        "gramian",
                        fitted.factors().gramian(),
                        fitted.factors().items().columns(),
                        fitted.factors().items().columns())
                .write();
        new TensorFileWriter(draft.file(Generator.COVISIT.file()))
                .add("offsets", fitted.neighbours().offsets())
                .add("neighbours", fitted.neighbours().neighbours())
                .add("scores", fitted.neighbours().scores())
                .write();
        writeList(Generator.POPULAR, fitted.popular());
        writeList(Generator.NEWEST, fitted.newest());
    }

    private void writeList(Generator generator, RankedItems list) throws IOException {
        new TensorFileWriter(draft.file(generator.file()))
                .add("items", list.items())
                .add("scores", list.scores())
                .write();
    }

    /** What the manifest says of a generator. */
    static GeneratorEntry entry(Generator generator, TrainingSettings settings, ListReport report) {
        boolean vectors = generator == Generator.ALS;
        return new GeneratorEntry(
                generator.label(),
                generator.kind(),
                generator.file(),
                vectors ? Similarity.DOT.label() : null,
                vectors ? settings.generators().als().dimensions() : 0,
                settings.limits().of(generator),
                report.calibrations().getOrDefault(generator, new Calibration(0, 0)),
                report.recallAtLimit().get(generator),
                parameters(generator, settings));
    }

    private static Map<String, Double> parameters(Generator generator, TrainingSettings settings) {
        GeneratorSettings fit = settings.generators();
        Map<String, Double> parameters = new HashMap<>(settings.positives().parameters());
        switch (generator) {
            case ALS -> {
                parameters.putAll(fit.als().foldIn().parameters());
                parameters.put("sweeps", (double) fit.als().sweeps());
            }
            case COVISIT -> {
                parameters.put("neighbours", (double) fit.covisit().neighbours());
                parameters.put("shrinkage", fit.covisit().shrinkage());
            }
            case POPULAR -> parameters.put("half_life_days", fit.popularityHalfLifeDays());
            case NEWEST -> {}
        }
        return parameters;
    }

    /** What generators that know their users answer to a few of them, nothing being filtered. */
    static List<GoldenQuery> goldenQueries(FittedGenerators fitted, ItemTable items, UserTable users) {
        List<GoldenQuery> queries = new ArrayList<>();
        for (int row = 0; row < users.size() && queries.size() < 2 * GOLDEN_USERS; row++) {
            int size = users.historySize(row);
            if (size > 0 && size <= GOLDEN_HISTORY) {
                Asked asked = fitted.ask(row, users.history(row));
                for (Generator generator : List.of(Generator.ALS, Generator.COVISIT)) {
                    golden(generator, asked, items, users.id(row)).ifPresent(queries::add);
                }
            }
        }
        return queries;
    }

    private static Optional<GoldenQuery> golden(Generator generator, Asked asked, ItemTable items, String user) {
        Hits hits = asked.best(generator, GOLDEN_ITEMS, ItemTest.ALL);
        return hits.size() < GOLDEN_ITEMS
                ? Optional.empty()
                : Optional.of(new GoldenQuery(generator.label(), user, null, ids(hits, items), scores(hits)));
    }

    private static List<String> ids(Hits hits, ItemTable items) {
        return Arrays.stream(hits.items()).mapToObj(items::id).toList();
    }

    private static List<Double> scores(Hits hits) {
        List<Double> scores = new ArrayList<>();
        for (float score : hits.scores()) {
            scores.add((double) score);
        }
        return scores;
    }
}
