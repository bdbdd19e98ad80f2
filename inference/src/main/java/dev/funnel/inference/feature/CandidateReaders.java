package dev.funnel.inference.feature;

import static dev.funnel.inference.feature.RequestPlan.place;

import dev.funnel.bundle.Column;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.bundle.schema.InvalidSchemaException;
import dev.funnel.bundle.schema.NumberFeature;
import java.util.Arrays;
import java.util.Objects;

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
                yield slice -> slice.request().summary(summary).shares(slice, slice.slots(summary));
            }
            case RECENT_COUNT -> {
                int summary = plan.summary(name, of);
                yield slice -> slice.request().summary(summary).counts(slice, slice.slots(summary));
            }
            case SINCE_LAST -> {
                int summary = plan.summary(name, of);
                yield slice -> slice.request()
                        .summary(summary)
                        .secondsSinceLast(
                                slice,
                                slice.slots(summary),
                                slice.request().input().timeMillis());
            }
            case WATCHED_SHARE -> {
                int summary = plan.summary(name, of);
                yield slice -> slice.request().summary(summary).watchedShares(slice, slice.slots(summary));
            }
            case MATCH -> match(name, of);
            case COSINE -> cosine(name, of);
            case DOT -> dot(name, of);
            case UNCLICKED -> CandidateReaders::unclicked;
            case SCORE -> score(plan.generator(of));
            case NOMINATED -> nominated(plan.generator(of));
            case NOMINATED_PLACE -> nominatedPlace(plan.generator(of));
            case NOMINATIONS -> CandidateReaders::nominations;
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
        return slice -> {
            float[] into = slice.room().floats(slice.size());
            column.read(slice.items(), 0, slice.size(), into);
            return Numbers.ofEach(into, slice.size());
        };
    }

    private CandidateReader statistic(String feature, String name) {
        float[] values = store.statistics().get(name);
        if (values == null) {
            throw new InvalidSchemaException(
                    place(feature),
                    name,
                    "must name one of the statistics " + store.statistics().keySet());
        }
        return slice -> {
            float[] into = slice.room().floats(slice.size());
            int[] items = slice.items();
            for (int i = 0; i < slice.size(); i++) {
                into[i] = items[i] >= 0 && items[i] < values.length ? values[items[i]] : Float.NaN;
            }
            return Numbers.ofEach(into, slice.size());
        };
    }

    private CandidateReader age(String feature, String name) {
        Column column = store.items().column(name);
        if (!(column instanceof TimeColumn times)) {
            throw new InvalidSchemaException(place(feature), name, "must name a time column of the item table");
        }
        return slice -> {
            float[] into = slice.room().floats(slice.size());
            int[] items = slice.items();
            long nowMs = slice.request().input().timeMillis();
            for (int i = 0; i < slice.size(); i++) {
                long millis = items[i] < 0 ? TimeColumn.MISSING : times.millis(items[i]);
                into[i] = millis == TimeColumn.MISSING ? Float.NaN : (nowMs - millis) / 1000f;
            }
            return Numbers.ofEach(into, slice.size());
        };
    }

    private CandidateReader match(String feature, String column) {
        ItemCodes codes = plan.codes(feature, column);
        int slot = plan.match(feature, column);
        return slice -> {
            int[] wanted = slice.request().matches(slot);
            if (wanted.length == 0) {
                return slice.all(Float.NaN);
            }
            float[] into = slice.room().floats(slice.size());
            int[] items = slice.items();
            for (int i = 0; i < slice.size(); i++) {
                boolean valued = items[i] >= 0 && codes.count(items[i]) > 0;
                into[i] = !valued ? Float.NaN : has(codes, items[i], wanted) ? 1 : 0;
            }
            return Numbers.ofEach(into, slice.size());
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
            float[] into = slice.room().floats(slice.size());
            float[] products = slice.products(mean, rows);
            boolean watched = slice.request().recent().size() > 0;
            for (int i = 0; i < slice.size(); i++) {
                into[i] = watched && slice.items()[i] >= 0 ? products[i] : Float.NaN;
            }
            return Numbers.ofEach(into, slice.size());
        };
    }

    private CandidateReader cosine(String feature, String table) {
        VectorRows rows = VectorRows.of(plan.matrix(feature, table));
        float[] norms = lookups.norms(table);
        int mean = plan.mean(feature, table);
        return slice -> {
            float[] into = slice.room().floats(slice.size());
            float[] products = slice.products(mean, rows);
            float meanNorm = slice.request().meanNorm(mean);
            for (int i = 0; i < slice.size(); i++) {
                int item = slice.items()[i];
                float lengths = item >= 0 && item < norms.length ? norms[item] * meanNorm : 0;
                into[i] = lengths > 0 ? products[i] / lengths : Float.NaN;
            }
            return Numbers.ofEach(into, slice.size());
        };
    }

    private static Numbers unclicked(Slice slice) {
        if (slice.request().input().unclicked() == null) {
            return slice.all(Float.NaN);
        }
        float[] into = slice.room().floats(slice.size());
        int[] items = slice.items();
        for (int i = 0; i < slice.size(); i++) {
            into[i] = items[i] < 0 ? Float.NaN : slice.request().unclicked(items[i]);
        }
        return Numbers.ofEach(into, slice.size());
    }

    private static CandidateReader score(int slot) {
        return slice -> {
            GeneratorSignals signals = slice.request().signals(slot);
            if (signals == null || signals.scores().length == 0) {
                return slice.all(Float.NaN);
            }
            float[] into = slice.room().floats(slice.size());
            System.arraycopy(signals.scores(), slice.from(), into, 0, slice.size());
            return Numbers.ofEach(into, slice.size());
        };
    }

    private static CandidateReader nominated(int slot) {
        return slice -> {
            GeneratorSignals signals = slice.request().signals(slot);
            if (signals == null || signals.nominated().length == 0) {
                return slice.all(Float.NaN);
            }
            float[] into = slice.room().floats(slice.size());
            for (int i = 0; i < slice.size(); i++) {
                into[i] = signals.nominated()[slice.from() + i] ? 1 : 0;
            }
            return Numbers.ofEach(into, slice.size());
        };
    }

    private static CandidateReader nominatedPlace(int slot) {
        return slice -> {
            GeneratorSignals signals = slice.request().signals(slot);
            if (signals == null || signals.places().length == 0) {
                return slice.all(Float.NaN);
            }
            float[] into = slice.room().floats(slice.size());
            for (int i = 0; i < slice.size(); i++) {
                int place = signals.places()[slice.from() + i];
                into[i] = place == 0 ? Float.NaN : place;
            }
            return Numbers.ofEach(into, slice.size());
        };
    }

    private static Numbers nominations(Slice slice) {
        float[] sums = slice.room().floats(slice.size());
        Arrays.fill(sums, 0, slice.size(), Float.NaN);
        for (GeneratorSignals signals : slice.request().input().generators()) {
            for (int i = 0; i < slice.size() && signals.nominated().length > 0; i++) {
                float one = signals.nominated()[slice.from() + i] ? 1 : 0;
                sums[i] = Float.isNaN(sums[i]) ? one : sums[i] + one;
            }
        }
        return Numbers.ofEach(sums, slice.size());
    }

    private static Numbers positions(Slice slice) {
        int[] positions = slice.request().input().positions();
        if (positions.length == 0) {
            return slice.all(1);
        }
        float[] into = slice.room().floats(slice.size());
        for (int i = 0; i < slice.size(); i++) {
            into[i] = positions[slice.from() + i];
        }
        return Numbers.ofEach(into, slice.size());
    }
}
