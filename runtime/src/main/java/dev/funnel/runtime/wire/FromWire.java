package dev.funnel.runtime.wire;

import dev.funnel.runtime.error.CallerError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the common messages of the contract into plain records, and refuses what breaks a bound with a {@link CallerError}
 * that names the field by its path: every bound is checked here and nowhere else. {@code field} is the message's own path in
 * the request, e.g. {@code query}. Unknown enum values are read as unknown.
 */
public final class FromWire {
    private FromWire() {}

    public static BundleRef bundleRef(String field, dev.funnel.proto.common.v1.BundleRef wire) {
        return new BundleRef(
                Bounds.id(field + ".name", wire.getName()), Bounds.id(field + ".version", wire.getVersion()));
    }

    /** A query as the gateway meets it: not stamped, perhaps. */
    public static Query query(String field, dev.funnel.proto.common.v1.Query wire) {
        return new Query(
                Bounds.id(field + ".user_id", wire.getUserId()),
                InteractionsFromWire.listed(field + ".recent", wire.getRecentList()),
                Bounds.id(field + ".seed_item_id", wire.getSeedItemId()),
                context(field + ".context", wire.getContext()),
                Bounds.ids(field + ".exclude_item_ids", wire.getExcludeItemIdsList(), Bounds.EXCLUSIONS),
                wire.hasFilter() ? PredicateFromWire.predicate(field + ".filter", wire.getFilter()) : null);
    }

    /** A query as a stage meets it: stamped with its time, its {@code recent} not read. */
    public static Query stampedQuery(String field, dev.funnel.proto.common.v1.Query wire) {
        if (!wire.getContext().hasTime()) {
            throw new CallerError(field + ".context.time", "absent", "must be set: no stage uses its own clock");
        }
        return query(
                field,
                wire.getRecentCount() == 0
                        ? wire
                        : wire.toBuilder().clearRecent().build());
    }

    public static Context context(String field, dev.funnel.proto.common.v1.Context wire) {
        return new Context(
                Bounds.id(field + ".country", wire.getCountry()),
                Bounds.id(field + ".language", wire.getLanguage()),
                DeviceType.ofNumber(wire.getDeviceValue()),
                wire.hasTime() ? WireTimes.instant(field + ".time", wire.getTime()) : null,
                features(field + ".extra", wire.getExtraMap()));
    }

    public static UserState userState(String field, dev.funnel.proto.common.v1.UserState wire) {
        Interactions recent = InteractionsFromWire.columns(field + ".recent", wire.getRecent());
        return new UserState(
                Bounds.id(field + ".user_id", wire.getUserId()),
                features(field + ".profile", wire.getProfileMap()),
                recent,
                Bounds.count(field + ".fresh_count", wire.getFreshCount(), recent.size()),
                Bounds.ids(field + ".older_watched_item_ids", wire.getOlderWatchedItemIdsList(), Bounds.OLDER_WATCHED),
                Bounds.ids(field + ".disliked_item_ids", wire.getDislikedItemIdsList(), Bounds.DISLIKED),
                Bounds.ids(field + ".blocked_uploaders", wire.getBlockedUploadersList(), Bounds.BLOCKED),
                Bounds.ids(field + ".blocked_categories", wire.getBlockedCategoriesList(), Bounds.BLOCKED),
                Bounds.ids(field + ".followed_uploaders", wire.getFollowedUploadersList(), Bounds.FOLLOWED),
                impressionCounts(field + ".unclicked", wire.getUnclicked()),
                wire.getKnown());
    }

    public static Map<String, FeatureValue> features(
            String field, Map<String, dev.funnel.proto.common.v1.FeatureValue> wire) {
        Bounds.atMost(field, wire.keySet(), Bounds.FEATURES);
        Map<String, FeatureValue> features = new LinkedHashMap<>();
        wire.forEach((name, value) -> features.put(
                Bounds.requiredId(field, name), feature(field + "[" + CallerError.shown(name) + "]", value)));
        return Map.copyOf(features);
    }

    public static List<String> tracedItemIds(String field, List<String> wire) {
        return Bounds.ids(field, wire, Bounds.TRACED_ITEMS);
    }

    public static List<StrictRule> strictRules(String field, List<dev.funnel.proto.common.v1.StrictRule> wire) {
        Bounds.atMost(field, wire, Bounds.STRICT_RULES);
        StrictRule[] rules = new StrictRule[wire.size()];
        for (int i = 0; i < rules.length; i++) {
            String at = field + "[" + i + "]";
            rules[i] = new StrictRule(
                    Bounds.requiredId(at + ".name", wire.get(i).getName()),
                    PredicateFromWire.predicate(at + ".predicate", wire.get(i).getPredicate()));
        }
        return List.of(rules);
    }

    private static FeatureValue feature(String field, dev.funnel.proto.common.v1.FeatureValue wire) {
        return switch (wire.getKindCase()) {
            case TEXT -> new FeatureValue.Text(Bounds.id(field + ".text", wire.getText()));
            case NUMBER -> new FeatureValue.Number(Bounds.finite(field + ".number", wire.getNumber()));
            case TEXTS ->
                new FeatureValue.Texts(
                        texts(field + ".texts.values", wire.getTexts().getValuesList()));
            case KIND_NOT_SET -> new FeatureValue.Missing();
        };
    }

    private static List<String> texts(String field, List<String> wire) {
        return Bounds.ids(field, wire, Bounds.FEATURE_TEXTS);
    }

    private static ImpressionCounts impressionCounts(String field, dev.funnel.proto.common.v1.ImpressionCounts wire) {
        List<String> ids = Bounds.ids(field + ".item_ids", wire.getItemIdsList(), Bounds.UNCLICKED);
        Bounds.sameLength(field + ".counts", wire.getCountsCount(), ids.size());
        int[] counts = new int[ids.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Bounds.count(field + ".counts[" + i + "]", wire.getCounts(i), Integer.MAX_VALUE);
        }
        return new ImpressionCounts(ids, counts);
    }
}
