package dev.funnel.trainer.rank;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.Column;
import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.SearchTokens;
import dev.funnel.bundle.schema.BagFeature;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import dev.funnel.trainer.learn.Vocabularies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The features of a ranker that nobody declared any for: every feature that the tables, the generators and the log at hand allow.
 */
final class DefaultFeatures {
    private static final String TEXT_TABLE = "text_";
    private static final String ITEM_TABLE = "item";
    private static final String PUBLISHED = "published_at";
    private static final String DURATION = "duration_seconds";
    private static final List<String> CONTEXT = List.of("country", "language", "device");

    private final RankerTrainingInput input;
    private final RankerSettings settings;
    private final Vocabularies vocabularies;
    private final boolean impressions;
    private final boolean timed;
    private final Map<String, DeclaredTable> tables = new LinkedHashMap<>();

    private DefaultFeatures(RankerTrainingInput input, RankerSettings settings, Vocabularies vocabularies) {
        this.input = input;
        this.settings = settings;
        this.vocabularies = vocabularies;
        this.impressions = input.examples() instanceof Examples.Impressions;
        this.timed = switch (input.examples()) {
            case Examples.Impressions shown -> shown.log().timed();
            case Examples.Positives held -> held.positives().timed();
        };
    }

    static DeclaredFeatures of(
            RankerTrainingInput input,
            RankerSettings settings,
            Vocabularies vocabularies,
            Iterable<String> statistics) {
        DefaultFeatures features = new DefaultFeatures(input, settings, vocabularies);
        List<Block> blocks = new ArrayList<>();
        features.add(blocks, "user", Source.USER, features.user());
        features.add(blocks, "context", Source.CONTEXT, features.context());
        features.add(blocks, "item", Source.ITEM, features.item(statistics));
        features.add(blocks, "pair", Source.PAIR, features.pair());
        features.add(blocks, "candidate", Source.CANDIDATE, features.candidate());
        return new DeclaredFeatures(settings.recentWatches(), List.copyOf(features.tables.values()), blocks);
    }

    private void add(List<Block> blocks, String name, Source source, List<Feature> features) {
        if (!features.isEmpty()) {
            blocks.add(new Block(name, source, features));
        }
    }

    private List<Feature> user() {
        List<Feature> features = new ArrayList<>();
        input.users().columns().forEach((name, column) -> {
            if (name.equals(SearchTokens.COLUMN)) {
                return; // as of the end of the log: it would tell examples their future
            }
            switch (column.kind()) {
                case NUMBER -> features.add(quantile("user_" + name, Reading.PROFILE, name));
                case CATEGORY -> features.add(category("user_" + name, Reading.PROFILE, name));
                case CATEGORY_LIST -> features.add(bag("user_" + name, Reading.PROFILE, name));
                case TEXT, TIME -> {}
            }
        });
        if (settings.embeddings().items() > 0) {
            features.add(new BagFeature("recent_items", Reading.HISTORY_ITEMS, null, itemTable()));
        }
        for (String name : categoryColumns()) {
            features.add(bag("recent_" + name, Reading.HISTORY_COLUMN, name));
        }
        features.add(quantile("recent_count", Reading.HISTORY_COUNT, null));
        if (has(DURATION, ColumnKind.NUMBER)) {
            features.add(quantile("recent_duration", Reading.HISTORY_MEAN, DURATION));
            features.add(quantile("recent_watched_share", Reading.HISTORY_WATCHED_SHARE, null));
        }
        return features;
    }

    private List<Feature> context() {
        List<Feature> features = new ArrayList<>();
        if (impressions) {
            for (String name : CONTEXT) {
                if (vocabularies.of(name).size() > 0) {
                    features.add(category("context_" + name, Reading.CONTEXT, name));
                }
            }
        }
        if (impressions && timed) {
            features.add(category("hour_of_day", Reading.HOUR_OF_DAY, null));
            features.add(category("day_of_week", Reading.DAY_OF_WEEK, null));
        }
        return features;
    }

    private List<Feature> item(Iterable<String> statistics) {
        List<Feature> features = new ArrayList<>();
        if (settings.embeddings().items() > 0) {
            features.add(new CategoryFeature("item_id", Reading.ID, null, itemTable()));
        }
        for (String name : categoryColumns()) {
            features.add(
                    has(name, ColumnKind.CATEGORY)
                            ? category("item_" + name, Reading.COLUMN, name)
                            : bag("item_" + name, Reading.COLUMN, name));
        }
        input.items().columns().forEach((name, column) -> {
            if (column.kind() == ColumnKind.NUMBER) {
                features.add(quantile("item_" + name, Reading.COLUMN, name));
            }
        });
        statistics.forEach(name -> features.add(quantile("item_" + name, Reading.STATISTIC, name)));
        return features;
    }

    private List<Feature> pair() {
        List<Feature> features = new ArrayList<>();
        if (timed && has(PUBLISHED, ColumnKind.TIME)) {
            features.add(quantile("item_age", Reading.AGE, PUBLISHED));
        }
        for (String name : categoryColumns()) {
            features.add(quantile("recent_share_" + name, Reading.RECENT_SHARE, name));
            if (timed) {
                features.add(quantile("since_last_" + name, Reading.SINCE_LAST, name));
            }
            if (has(DURATION, ColumnKind.NUMBER)) {
                features.add(quantile("watched_share_" + name, Reading.WATCHED_SHARE, name));
            }
            if (input.users().column(name) != null || impressions && CONTEXT.contains(name)) {
                features.add(new NumberFeature("match_" + name, Reading.MATCH, name, Scale.NONE, false, 0, true));
            }
        }
        input.vectors().forEach((name, vectors) -> {
            tables.put(name, new DeclaredTable.Vectors(name));
            features.add(quantile(name + "_cosine", Reading.COSINE, name));
            features.add(quantile(name + "_dot", Reading.DOT, name));
        });
        return features;
    }

    private List<Feature> candidate() {
        List<Feature> features = new ArrayList<>();
        for (String generator : input.generators().generators()) {
            features.add(quantile(generator + "_score", Reading.SCORE, generator));
            features.add(new NumberFeature(
                    generator + "_strength", Reading.SCORE, generator, Scale.STANDARD, false, 0, false));
        }
        if (impressions) {
            features.add(quantile("position", Reading.POSITION, null));
        }
        return features;
    }

    /** Columns of categories or lists in the item table, by name. */
    private List<String> categoryColumns() {
        Predicate<Column> categories =
                column -> column instanceof CategoryColumn || column instanceof CategoryListColumn;
        return input.items().columns().entrySet().stream()
                .filter(entry -> categories.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean has(String column, ColumnKind kind) {
        Column found = input.items().column(column);
        return found != null && found.kind() == kind;
    }

    private static NumberFeature quantile(String name, Reading from, @Nullable String of) {
        return new NumberFeature(name, from, of, Scale.QUANTILE, true, 0.5f, true);
    }

    private CategoryFeature category(String name, Reading from, @Nullable String of) {
        return new CategoryFeature(name, from, of, textTable(of == null ? name : of));
    }

    private BagFeature bag(String name, Reading from, String of) {
        return new BagFeature(name, from, of, textTable(of));
    }

    private String itemTable() {
        tables.put(
                ITEM_TABLE,
                new DeclaredTable.Items(ITEM_TABLE, settings.embeddings().items()));
        return ITEM_TABLE;
    }

    /** One table a name: a language is a language, whether of the user, the context or the item. */
    private String textTable(String name) {
        String table = TEXT_TABLE + name;
        int width = Math.clamp(
                vocabularies.of(name).size(), 2, settings.embeddings().categories());
        tables.put(table, new DeclaredTable.Texts(table, width, name, null));
        return table;
    }
}
