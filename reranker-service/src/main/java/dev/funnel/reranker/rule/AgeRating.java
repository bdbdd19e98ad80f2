package dev.funnel.reranker.rule;

import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.wire.FeatureValue;
import java.util.Locale;

/**
 * Removes items that are rated for people older than the viewer, whose age is {@code user.profile.age}.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 * @param column number column of the item table: the least age in years
 * @param unknownAge what a viewer of unknown age is taken for, 0 to 150 years
 * @param unrated what an item without a rating is taken for, 0 to 150 years
 */
public record AgeRating(
        @Default("age_rating") String name,
        @Default("false") boolean preferred,
        @Default("maturity") String column,
        @Default("18") int unknownAge,
        @Default("0") int unrated)
        implements Filter {

    public AgeRating {
        Rule.notBlank("column", column);
        Rule.between("unknown_age", unknownAge, 0, 150);
        Rule.between("unrated", unrated, 0, 150);
    }

    @Override
    public Screen screen(RerankInput input) {
        double age =
                input.user().profile().get("age") instanceof FeatureValue.Number(double years) ? years : unknownAge;
        NumberColumn ratings = input.snapshot().items().number(column);
        return new Screen() {
            @Override
            public boolean removes(int position) {
                return rating(position) > age;
            }

            @Override
            public String reason(int position) {
                return String.format(Locale.ROOT, "rated %.0f, the viewer counts as %.0f", rating(position), age);
            }

            private double rating(int position) {
                int item = input.item(position);
                return ratings != null && ratings.present(item) ? ratings.value(item) : unrated;
            }
        };
    }

    @Override
    public void check(BundleFit fit) {
        fit.column("column", column, ColumnKind.NUMBER);
    }
}
