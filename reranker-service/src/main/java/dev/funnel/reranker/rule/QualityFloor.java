package dev.funnel.reranker.rule;

import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Removes items below a floor, of a column or of a head of the ranker. An item without a value in the column stays.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 * @param column number column of the item table; absent if {@code head} is given
 * @param head "score" or a head that the pipeline sends along; absent if {@code column} is given
 * @param least the floor, finite
 */
public record QualityFloor(
        @Default("quality_floor") String name,
        @Default("false") boolean preferred,
        @Nullable String column,
        @Nullable String head,
        double least)
        implements Filter {

    public QualityFloor {
        String given = column == null ? "neither is given" : "both are given";
        Rule.holds((column == null) != (head == null), "column or head", given, "and exactly one must be");
        Rule.holds(Double.isFinite(least), "least", least, "must be finite");
    }

    @Override
    public Screen screen(RerankInput input) {
        if (head != null) {
            float[] values = input.head(head, this);
            return new Floor(position -> values[position], head);
        }
        String of = column == null ? "" : column;
        NumberColumn numbers = input.snapshot().items().number(of);
        return new Floor(
                position -> numbers != null && numbers.present(input.item(position))
                        ? numbers.value(input.item(position))
                        : Double.NaN,
                of);
    }

    @Override
    public void check(BundleFit fit) {
        if (column != null) {
            fit.column("column", column, ColumnKind.NUMBER);
        }
    }

    private interface Values {
        double of(int position);
    }

    private final class Floor implements Screen {
        private final Values values;
        private final String what;

        Floor(Values values, String what) {
            this.values = values;
            this.what = what;
        }

        @Override
        public boolean removes(int position) {
            return values.of(position) < least;
        }

        @Override
        public String reason(int position) {
            return String.format(Locale.ROOT, "%s is %.4g, below %.4g", what, values.of(position), least);
        }
    }
}
