package dev.funnel.gateway.ladder;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.TensorFile;
import java.util.Comparator;
import java.util.Optional;

/**
 * The items that most people like, best first: what is served when nothing better can be made. It is the list of the bundle's
 * generator {@value #PREFERRED}, or else of its first ranked list by name; empty if the bundle has none.
 *
 * @param items item indexes, best first
 * @param scores the generator's, in that order
 */
public record PopularSlate(int[] items, float[] scores) {
    /** What a slate names as the source of an item that comes from here. */
    public static final String SOURCE = "popular-slate";

    private static final String RANKED_LIST = "ranked-list";
    private static final String PREFERRED = "popular";

    public static PopularSlate of(Bundle bundle) throws BundleRefusedException {
        Optional<GeneratorEntry> list = bundle.manifest().generators().stream()
                .filter(entry -> entry.kind().equals(RANKED_LIST))
                .min(Comparator.comparing(
                                (GeneratorEntry entry) -> !entry.name().equals(PREFERRED))
                        .thenComparing(GeneratorEntry::name));
        return list.isPresent() ? read(bundle, list.get()) : new PopularSlate(new int[0], new float[0]);
    }

    private static PopularSlate read(Bundle bundle, GeneratorEntry entry) throws BundleRefusedException {
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
        return new PopularSlate(items, scores);
    }

    public int size() {
        return items.length;
    }
}
