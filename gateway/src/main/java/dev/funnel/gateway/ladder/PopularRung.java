package dev.funnel.gateway.ladder;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.PopularSlates;
import dev.funnel.bundle.PopularSlates.Slate;
import dev.funnel.bundle.TensorFile;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The popular slates of a bundle: what is served when nothing better can be made. A bundle without them has one, the list of its
 * generator {@value #PREFERRED}, or else its first ranked list by name; or none, if it has neither.
 */
public record PopularRung(PopularSlates slates) {
    /** What a slate names as the source of an item that comes from here. */
    public static final String SOURCE = "popular-slate";

    private static final String RANKED_LIST = "ranked-list";
    private static final String PREFERRED = "popular";

    public static PopularRung of(Bundle bundle) throws BundleRefusedException {
        PopularSlates held = PopularSlates.of(bundle);
        if (!held.byKey().isEmpty()) {
            return new PopularRung(held);
        }
        Optional<GeneratorEntry> list = bundle.manifest().generators().stream()
                .filter(entry -> entry.kind().equals(RANKED_LIST))
                .min(Comparator.comparing(
                                (GeneratorEntry entry) -> !entry.name().equals(PREFERRED))
                        .thenComparing(GeneratorEntry::name));
        return new PopularRung(new PopularSlates(
                list.isPresent() ? Map.of(PopularSlates.OVERALL, read(bundle, list.get())) : Map.of()));
    }

    private static Slate read(Bundle bundle, GeneratorEntry entry) throws BundleRefusedException {
        TensorFile tensors = bundle.tensors(entry.file());
        int[] items = tensors.ints("items").toArray();
        float[] scores = tensors.floats("scores").toArray();
        for (int item : items) {
            if (item < 0 || item >= bundle.items().size()) {
                throw new BundleRefusedException(entry.file(), "items holds " + item + ", which is no item index");
            }
        }
        if (scores.length != items.length) {
            throw new BundleRefusedException(
                    entry.file(), "holds " + items.length + " items and " + scores.length + " scores");
        }
        return new Slate(items, scores);
    }

    /**
     * The slates that suit a person, one after the other: of the categories, of the country, of the language, of everybody.
     *
     * @param country empty: unknown
     * @param language empty: unknown
     * @param categories what the page is about, e.g. those of its seed item
     */
    public List<Slate> suiting(String country, String language, List<String> categories) {
        return Stream.concat(
                        categories.stream().map(PopularSlates::category),
                        Stream.of(
                                PopularSlates.country(country),
                                PopularSlates.language(language),
                                PopularSlates.OVERALL))
                .map(slates.byKey()::get)
                .filter(Objects::nonNull)
                .toList();
    }
}
