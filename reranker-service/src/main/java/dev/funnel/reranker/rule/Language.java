package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.KeyColumn;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps items in the language of the query, {@code query.context.language}, or in its primary language: "de" for "de-AT".
 * Items without a language stay, and where the query's language is unknown all do.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 * @param column category or category-list column of the item table
 * @param also further languages whose items stay
 */
public record Language(
        @Default("language") String name,
        @Default("false") boolean preferred,
        @Default("language") String column,
        @Default("[]") List<String> also)
        implements Filter {

    public Language {
        Rule.notBlank("column", column);
    }

    @Override
    public Screen screen(RerankInput input) {
        String language = input.query().context().language();
        String primary = language.contains("-") ? language.substring(0, language.indexOf('-')) : language;
        KeyColumn keys = KeyColumn.of(input.snapshot().items(), column);
        List<String> allowed =
                Stream.concat(Stream.of(language, primary), also.stream()).toList();
        return new AllowedKeyScreen(input, keys, !language.isEmpty(), keys.codesOf(allowed), "language " + language);
    }

    @Override
    public void check(BundleFit fit) {
        fit.keyColumn("column", column);
    }
}
