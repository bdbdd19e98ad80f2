package dev.funnel.runtime.wire;

import dev.funnel.proto.common.v1.InteractionColumns;
import dev.funnel.proto.common.v1.TextList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes plain records as the common messages of the contract. */
public final class ToWire {
    private ToWire() {}

    public static dev.funnel.proto.common.v1.BundleRef bundleRef(BundleRef bundle) {
        return dev.funnel.proto.common.v1.BundleRef.newBuilder()
                .setName(bundle.name())
                .setVersion(bundle.version())
                .build();
    }

    /** A query as stages read it: without {@code recent}, which they find in the user state. */
    public static dev.funnel.proto.common.v1.Query query(Query query) {
        dev.funnel.proto.common.v1.Query.Builder wire = dev.funnel.proto.common.v1.Query.newBuilder()
                .setUserId(query.userId())
                .setSeedItemId(query.seedItemId())
                .setContext(context(query.context()))
                .addAllExcludeItemIds(query.excludeItemIds());
        if (query.filter() != null) {
            wire.setFilter(PredicateToWire.predicate(query.filter()));
        }
        return wire.build();
    }

    public static dev.funnel.proto.common.v1.Context context(Context context) {
        dev.funnel.proto.common.v1.Context.Builder wire = dev.funnel.proto.common.v1.Context.newBuilder()
                .setCountry(context.country())
                .setLanguage(context.language())
                .setDeviceValue(context.device().number())
                .putAllExtra(features(context.extra()));
        if (context.time() != null) {
            wire.setTime(WireTimes.timestamp(context.time()));
        }
        return wire.build();
    }

    public static dev.funnel.proto.common.v1.UserState userState(UserState user) {
        return dev.funnel.proto.common.v1.UserState.newBuilder()
                .setUserId(user.userId())
                .putAllProfile(features(user.profile()))
                .setRecent(interactions(user.recent()))
                .setFreshCount(user.freshCount())
                .addAllOlderWatchedItemIds(user.olderWatchedItemIds())
                .addAllDislikedItemIds(user.dislikedItemIds())
                .addAllBlockedUploaders(user.blockedUploaders())
                .addAllBlockedCategories(user.blockedCategories())
                .addAllFollowedUploaders(user.followedUploaders())
                .setUnclicked(impressionCounts(user.unclicked()))
                .setKnown(user.known())
                .build();
    }

    public static InteractionColumns interactions(Interactions interactions) {
        InteractionColumns.Builder wire = InteractionColumns.newBuilder().addAllItemIds(interactions.itemIds());
        for (int i = 0; i < interactions.size(); i++) {
            wire.addKindsValue(interactions.kinds()[i])
                    .addTimesMs(interactions.timesMs()[i])
                    .addWatchedMs(interactions.watchedMs()[i])
                    .addWeights(interactions.weights()[i]);
        }
        return wire.build();
    }

    public static dev.funnel.proto.common.v1.Candidates candidates(Candidates candidates) {
        return dev.funnel.proto.common.v1.Candidates.newBuilder()
                .addAllItemIds(candidates.itemIds())
                .addAllNominations(candidates.nominations().stream()
                        .map(ToWire::nomination)
                        .toList())
                .addAllCalibratedScores(FloatColumn.of(candidates.calibratedScores()))
                .build();
    }

    public static dev.funnel.proto.common.v1.HeadValues headValues(HeadValues head) {
        return dev.funnel.proto.common.v1.HeadValues.newBuilder()
                .setHead(head.head())
                .addAllValues(FloatColumn.of(head.values()))
                .build();
    }

    public static dev.funnel.proto.common.v1.StrictRule strictRule(StrictRule rule) {
        return dev.funnel.proto.common.v1.StrictRule.newBuilder()
                .setName(rule.name())
                .setPredicate(PredicateToWire.predicate(rule.predicate()))
                .build();
    }

    public static List<dev.funnel.proto.common.v1.StrictRule> strictRules(List<StrictRule> rules) {
        return rules.stream().map(ToWire::strictRule).toList();
    }

    public static Map<String, dev.funnel.proto.common.v1.FeatureValue> features(Map<String, FeatureValue> features) {
        Map<String, dev.funnel.proto.common.v1.FeatureValue> wire = new LinkedHashMap<>();
        features.forEach((name, value) -> wire.put(name, feature(value)));
        return wire;
    }

    private static dev.funnel.proto.common.v1.FeatureValue feature(FeatureValue value) {
        dev.funnel.proto.common.v1.FeatureValue.Builder wire = dev.funnel.proto.common.v1.FeatureValue.newBuilder();
        return switch (value) {
            case FeatureValue.Text text -> wire.setText(text.value()).build();
            case FeatureValue.Number number -> wire.setNumber(number.value()).build();
            case FeatureValue.Texts texts ->
                wire.setTexts(TextList.newBuilder().addAllValues(texts.values()))
                        .build();
            case FeatureValue.Missing missing -> wire.build();
        };
    }

    private static dev.funnel.proto.common.v1.ImpressionCounts impressionCounts(ImpressionCounts counts) {
        dev.funnel.proto.common.v1.ImpressionCounts.Builder wire =
                dev.funnel.proto.common.v1.ImpressionCounts.newBuilder().addAllItemIds(counts.itemIds());
        for (int count : counts.counts()) {
            wire.addCounts(count);
        }
        return wire.build();
    }

    private static dev.funnel.proto.common.v1.Nomination nomination(Nomination nomination) {
        dev.funnel.proto.common.v1.Nomination.Builder wire = dev.funnel.proto.common.v1.Nomination.newBuilder()
                .setGenerator(nomination.generator())
                .addAllScores(FloatColumn.of(nomination.scores()))
                .addAllCalibrated(FloatColumn.of(nomination.calibrated()))
                .addAllPoolScores(FloatColumn.of(nomination.poolScores()))
                .setOriginValue(nomination.origin().ordinal());
        nomination.itemOrigins().forEach(origin -> wire.addItemOriginsValue(origin.ordinal()));
        for (int position : nomination.positions()) {
            wire.addPositions(position);
        }
        return wire.build();
    }
}
