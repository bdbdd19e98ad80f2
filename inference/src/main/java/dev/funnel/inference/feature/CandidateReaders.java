package dev.funnel.inference.feature;

import static dev.funnel.inference.feature.RequestPlan.place;

import dev.funnel.bundle.Column;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.bundle.schema.InvalidSchemaException;
import dev.funnel.bundle.schema.NumberFeature;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compiles number features that differ between candidates into readers. */
final class CandidateReaders {
    private final FeatureStore store;
    private final RequestPlan plan;
    private final StoredLookups lookups;

    CandidateReaders(FeatureStore store, RequestPlan plan, StoredLookups lookups) {
        this.store = store;
        this.plan = plan;
        this.lookups = lookups;
    }

    CandidateReader of(NumberFeature feature) {
        String name = feature.name();
        String of = Objects.requireNonNullElse(feature.of(), "");
        return switch (feature.from()) {
            case COLUMN -> column(name, of);
            case STATISTIC -> statistic(name, of);
            case AGE -> age(name, of);
            case RECENT_SHARE -> {
                int summary = plan.summary(name, of);
                yield slice -> slice.request().summary(summary).shares(slice.slots(summary));
            }
            case RECENT_COUNT -> {
                int summary = plan.summary(name, of);
                yield slice -> slice.request().summary(summary).counts(slice.slots(summary));
            }
            case SINCE_LAST -> {
                int summary = plan.summary(name, of);
                yield slice -> slice.request()
                        .summary(summary)
                        .secondsSinceLast(
                                slice.slots(summary), slice.request().input().timeMillis());
            }
            case WATCHED_SHARE -> {
                int summary = plan.summary(name, of);
                yield slice -> slice.request().summary(summary).watchedShares(slice.slots(summary));
            }
            case MATCH -> match(name, of);
            case COSINE -> cosine(name, of);
            case DOT -> dot(name, of);
            case UNCLICKED -> unclicked();
            case SCORE -> score(plan.generator(of));
            case NOMINATED -> nominated(plan.generator(of));
            case NOMINATED_PLACE -> nominatedPlace(plan.generator(of));
            case NOMINATIONS -> CandidateReader.ofEach((request, i) -> nominations(request.input(), i));
            case POSITION -> CandidateReaders::positions;
            case PROFILE,
                    USER_ID,
                    HISTORY_COUNT,
                    HISTORY_ITEMS,
                    HISTORY_COLUMN,
                    HISTORY_MEAN,
                    HISTORY_VECTOR,
                    HISTORY_WATCHED_SHARE,
                    CONTEXT,
                    HOUR_OF_DAY,
                    DAY_OF_WEEK,
                    EXAMPLE_AGE,
                    ID,
                    VECTOR ->
                throw new IllegalStateException(
                        feature.from() + " is no number of a candidate; the schema's rules say so");
        };
    }

    private CandidateReader column(String feature, String name) {
        NumberColumn column = store.items().number(name);
        if (column == null) {
            throw new InvalidSchemaException(place(feature), name, "must name a number column of the item table");
        }
        return CandidateReader.ofItems(item -> column.present(item) ? column.value(item) : Float.NaN);
    }

    private CandidateReader statistic(String feature, String name) {
        float[] values = store.statistics().get(name);
        if (values == null) {
            throw new InvalidSchemaException(
                    place(feature),
                    name,
                    "must name one of the statistics " + store.statistics().keySet());
        }
        return CandidateReader.ofItems(item -> item < values.length ? values[item] : Float.NaN);
    }

    private CandidateReader age(String feature, String name) {
        Column column = store.items().column(name);
        if (!(column instanceof TimeColumn times)) {
            throw new InvalidSchemaException(place(feature), name, "must name a time column of the item table");
        }
        return slice -> {
            long nowMs = slice.request().input().timeMillis();
            return CandidateReader.ofItems(
                    slice, item -> times.present(item) ? (nowMs - times.millis(item)) / 1000f : Float.NaN);
        };
    }

    private CandidateReader match(String feature, String column) {
        ItemCodes codes = plan.codes(feature, column);
        int slot = plan.match(feature, column);
        return slice -> {
            int[] wanted = slice.request().matches(slot);
            if (wanted.length == 0) {
                return Numbers.ofAll(Float.NaN, slice.items().length);
            }
            return CandidateReader.ofItems(
                    slice, item -> codes.count(item) == 0 ? Float.NaN : has(codes, item, wanted) ? 1 : 0);
        };
    }

    private static boolean has(ItemCodes codes, int item, int[] wanted) {
        for (int i = 0; i < codes.count(item); i++) {
            for (int code : wanted) {
                if (codes.code(item, i) == code) {
                    return true;
                }
            }
        }
        return false;
    }

    private CandidateReader dot(String feature, String table) {
        VectorRows rows = VectorRows.of(plan.matrix(feature, table));
        int mean = plan.mean(feature, table);
        return slice -> {
            float[] into = new float[slice.items().length];
            float[] products = slice.products(mean, rows);
            boolean watched = slice.request().recent().size() > 0;
            for (int i = 0; i < into.length; i++) {
                into[i] = watched && slice.items()[i] >= 0 ? products[i] : Float.NaN;
            }
            return Numbers.ofEach(into);
        };
    }

    private CandidateReader cosine(String feature, String table) {
        VectorRows rows = VectorRows.of(plan.matrix(feature, table));
        float[] norms = lookups.norms(table);
        int mean = plan.mean(feature, table);
        return slice -> {
            float[] into = new float[slice.items().length];
            float[] products = slice.products(mean, rows);
            float meanNorm = slice.request().meanNorm(mean);
            for (int i = 0; i < into.length; i++) {
                int item = slice.items()[i];
                float lengths = item >= 0 && item < norms.length ? norms[item] * meanNorm : 0;
                into[i] = lengths > 0 ? products[i] / lengths : Float.NaN;
            }
            return Numbers.ofEach(into);
        };
    }

    private static CandidateReader unclicked() {
        return slice -> slice.request().input().unclicked() == null
                ? Numbers.ofAll(Float.NaN, slice.items().length)
                : CandidateReader.ofItems(slice, slice.request()::unclicked);
    }

    private static CandidateReader score(int slot) {
        return slice -> {
            GeneratorSignals signals = slice.request().signals(slot);
            int count = slice.items().length;
            return signals == null || signals.scores().length == 0
                    ? Numbers.ofAll(Float.NaN, count)
                    : Numbers.ofEach(Arrays.copyOfRange(signals.scores(), slice.from(), slice.from() + count));
        };
    }

    private static CandidateReader nominated(int slot) {
        return CandidateReader.ofEach((request, i) -> nominated(request.signals(slot), i));
    }

    private static CandidateReader nominatedPlace(int slot) {
        return CandidateReader.ofEach((request, i) -> {
            GeneratorSignals signals = request.signals(slot);
            return signals == null || signals.places().length == 0 || signals.places()[i] == 0
                    ? Float.NaN
                    : signals.places()[i];
        });
    }

    private static float nominated(@Nullable GeneratorSignals signals, int i) {
        if (signals == null || signals.nominated().length == 0) {
            return Float.NaN;
        }
        return signals.nominated()[i] ? 1 : 0;
    }

    private static float nominations(RankingInput input, int i) {
        float sum = Float.NaN;
        for (GeneratorSignals signals : input.generators()) {
            float one = nominated(signals, i);
            sum = Float.isNaN(sum) ? one : sum + (Float.isNaN(one) ? 0 : one);
        }
        return sum;
    }

    private static Numbers positions(Slice slice) {
        int[] positions = slice.request().input().positions();
        int count = slice.items().length;
        if (positions.length == 0) {
            return Numbers.ofAll(1, count);
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = positions[slice.from() + i];
        }
        return Numbers.ofEach(values);
    }
}
