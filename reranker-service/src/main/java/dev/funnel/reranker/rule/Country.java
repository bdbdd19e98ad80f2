package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.KeyColumn;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps items of the country of the query, {@code query.context.country}. Items without a country stay, and where the query's
 * country is unknown all do.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 * @param column category or category-list column of the item table
 * @param also further countries whose items stay
 */
public record Country(
        @Default("country") String name,
        @Default("false") boolean preferred,
        @Default("country") String column,
        @Default("[]") List<String> also)
        implements Filter {

    public Country {
        Rule.notBlank("column", column);
    }

    @Override
    public Screen screen(RerankInput input) {
        String country = input.query().context().country();
        KeyColumn keys = KeyColumn.of(input.snapshot().items(), column);
        List<String> allowed = Stream.concat(Stream.of(country), also.stream()).toList();
        return new AllowedKeyScreen(input, keys, !country.isEmpty(), keys.codesOf(allowed), "country " + country);
    }

    @Override
    public void check(BundleFit fit) {
        fit.keyColumn("column", column);
    }
}
