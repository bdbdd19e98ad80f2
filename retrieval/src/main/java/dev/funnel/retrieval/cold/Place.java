package dev.funnel.retrieval.cold;

import java.util.List;
import java.util.Set;

/** Names of places, from the narrowest: country and language, the country, the language, everywhere. */
public final class Place {

    public static final String EVERYWHERE = "everywhere";

    private Place() {}

    /** The places that someone is in, narrowest first; unknown is the empty text. */
    public static List<String> of(String country, String language) {
        if (country.isEmpty()) {
            return language.isEmpty() ? List.of(EVERYWHERE) : List.of("language=" + language, EVERYWHERE);
        }
        return language.isEmpty()
                ? List.of("country=" + country, EVERYWHERE)
                : List.of(
                        "country=" + country + ",language=" + language,
                        "country=" + country,
                        "language=" + language,
                        EVERYWHERE);
    }

    /** The narrowest of the known places that someone is in; everywhere if none is known. */
    public static String first(Set<String> known, String country, String language) {
        return of(country, language).stream()
                .filter(known::contains)
                .findFirst()
                .orElse(EVERYWHERE);
    }
}
