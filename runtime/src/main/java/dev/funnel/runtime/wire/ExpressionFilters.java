package dev.funnel.runtime.wire;

import dev.funnel.runtime.error.CallerError;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads and writes expression filters, with the manners of {@link FromWire}; what an expression means, re-ranking checks. */
public final class ExpressionFilters {
    private static final int MOST = 16;
    private static final int LONGEST = 8_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    private ExpressionFilters() {}

    /** @throws CallerError naming the field, the value and the rule */
    public static List<ExpressionFilter> fromWire(
            String field, List<dev.funnel.proto.common.v1.ExpressionFilter> wire) {
        Bounds.atMost(field, wire, MOST);
        return IntStream.range(0, wire.size())
                .mapToObj(i -> filter(field + "[" + i + "]", wire.get(i)))
                .toList();
    }

    public static List<dev.funnel.proto.common.v1.ExpressionFilter> toWire(List<ExpressionFilter> filters) {
        return filters.stream()
                .map(filter -> dev.funnel.proto.common.v1.ExpressionFilter.newBuilder()
                        .setName(filter.name())
                        .setKeep(filter.keep())
                        .setPreferred(filter.preferred())
                        .build())
                .toList();
    }

    private static ExpressionFilter filter(String field, dev.funnel.proto.common.v1.ExpressionFilter wire) {
        if (!NAME.matcher(wire.getName()).matches()) {
            throw new CallerError(field + ".name", wire.getName(), "must match " + NAME);
        }
        String keep = Bounds.text(field + ".keep", wire.getKeep(), LONGEST);
        if (keep.isBlank()) {
            throw new CallerError(field + ".keep", keep, "must not be blank");
        }
        return new ExpressionFilter(wire.getName(), keep, wire.getPreferred());
    }
}
