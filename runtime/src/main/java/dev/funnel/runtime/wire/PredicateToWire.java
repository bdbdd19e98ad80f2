package dev.funnel.runtime.wire;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.QueryField;
import dev.funnel.proto.common.v1.Comparison;
import dev.funnel.proto.common.v1.Membership;
import dev.funnel.proto.common.v1.Operand;
import dev.funnel.proto.common.v1.PredicateList;
import dev.funnel.proto.common.v1.Presence;
import dev.funnel.proto.common.v1.Range;
import java.time.Instant;
import java.util.List;

/** Writes item predicates. */
public final class PredicateToWire {
    private PredicateToWire() {}

    public static dev.funnel.proto.common.v1.ItemPredicate predicate(ItemPredicate predicate) {
        var wire = dev.funnel.proto.common.v1.ItemPredicate.newBuilder();
        return switch (predicate) {
            case ItemPredicate.All all -> wire.setAll(list(all.predicates())).build();
            case ItemPredicate.Any any -> wire.setAny(list(any.predicates())).build();
            case ItemPredicate.Not not ->
                wire.setNot(predicate(not.predicate())).build();
            case ItemPredicate.Equal equal -> wire.setEquals(comparison(equal)).build();
            case ItemPredicate.In in -> wire.setIn(membership(in)).build();
            case ItemPredicate.Range range -> wire.setRange(range(range)).build();
            case ItemPredicate.Present present ->
                wire.setPresent(Presence.newBuilder().setColumn(present.column()))
                        .build();
        };
    }

    private static PredicateList list(List<ItemPredicate> predicates) {
        return PredicateList.newBuilder()
                .addAllPredicates(
                        predicates.stream().map(PredicateToWire::predicate).toList())
                .build();
    }

    private static Comparison comparison(ItemPredicate.Equal equal) {
        return Comparison.newBuilder()
                .setColumn(equal.column())
                .setValue(operand(equal.value()))
                .build();
    }

    private static Membership membership(ItemPredicate.In in) {
        return Membership.newBuilder()
                .setColumn(in.column())
                .addAllValues(in.values().stream().map(PredicateToWire::operand).toList())
                .build();
    }

    private static Range range(ItemPredicate.Range range) {
        Range.Builder wire = Range.newBuilder().setColumn(range.column());
        if (range.low() != null) {
            wire.setLow(operand(range.low()));
        }
        if (range.high() != null) {
            wire.setHigh(operand(range.high()));
        }
        return wire.build();
    }

    private static Operand operand(dev.funnel.bundle.Operand operand) {
        Operand.Builder wire = Operand.newBuilder();
        return switch (operand) {
            case dev.funnel.bundle.Operand.Text text ->
                wire.setText(text.value()).build();
            case dev.funnel.bundle.Operand.Number number ->
                wire.setNumber(number.value()).build();
            case dev.funnel.bundle.Operand.Time time ->
                wire.setTime(WireTimes.timestamp(Instant.ofEpochMilli(time.millis())))
                        .build();
            case QueryField field -> wire.setQueryFieldValue(number(field)).build();
        };
    }

    private static int number(QueryField field) {
        return switch (field) {
            case COUNTRY -> 1;
            case LANGUAGE -> 2;
            case TIME -> 3;
            case USER_ID -> 4;
            case SEED_ITEM_ID -> 5;
        };
    }
}
