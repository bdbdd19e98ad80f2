package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.Nomination;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one generator nominated in several shards, its limit shared out over all of them as over one catalogue.
 *
 * @param generator its name
 * @param origin how the query became what it searched for: the same in all parts
 * @param entries the best, as many as its limit, best first
 */
record MergedNomination(String generator, QueryOrigin origin, List<Entry> entries) {
    /**
     * An item in one part's answer.
     *
     * @param part number of the answer
     * @param position in that answer's pool
     * @param score the generator's
     * @param calibrated the same as a probability; NaN if it did not say
     * @param origin how the item came to its place in it
     */
    record Entry(String item, int part, int position, float score, float calibrated, ItemOrigin origin) {}

    /**
     * @param answers in an order that does not matter to the result
     * @param order of items of one score
     */
    static MergedNomination of(String generator, List<Retrieved> answers, Comparator<String> order) {
        List<Entry> all = new ArrayList<>();
        List<Entry> second = new ArrayList<>();
        QueryOrigin origin = QueryOrigin.LIST;
        for (int part = 0; part < answers.size(); part++) {
            Retrieved answer = answers.get(part);
            for (Nomination nomination : answer.candidates().nominations()) {
                if (nomination.generator().equals(generator)) {
                    origin = nomination.origin();
                    add(all, answer, part, nomination);
                }
            }
            addSecond(second, answer, part, generator);
        }
        Comparator<Entry> best =
                Comparator.comparing(Entry::score, Comparator.reverseOrder()).thenComparing(Entry::item, order);
        all.sort(best);
        second.sort(best);
        return new MergedNomination(generator, origin, shared(all, second, limit(generator, answers)));
    }

    /** The item's place from 1; 0 if it is not among the entries. */
    int place(String item) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).item().equals(item)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Place and score, for people, in the words of candidate-service. */
    String placeText(int place) {
        return String.format(
                Locale.ROOT,
                "%s: place %d of %d, score %.4g",
                generator,
                place,
                entries.size(),
                entries.get(place - 1).score());
    }

    private static void add(List<Entry> all, Retrieved answer, int part, Nomination nomination) {
        for (int i = 0; i < nomination.size(); i++) {
            int position = nomination.positions()[i];
            all.add(new Entry(
                    answer.candidates().itemIds().get(position),
                    part,
                    position,
                    nomination.scores()[i],
                    nomination.calibrated().length == 0 ? Float.NaN : nomination.calibrated()[i],
                    nomination.itemOrigin(i)));
        }
    }

    private static void addSecond(List<Entry> second, Retrieved answer, int part, String generator) {
        for (GeneratorShare share : answer.shares()) {
            for (int i = 0; share.generator().equals(generator) && i < share.secondPositions().length; i++) {
                int position = share.secondPositions()[i];
                second.add(new Entry(
                        answer.candidates().itemIds().get(position),
                        part,
                        position,
                        share.secondScores()[i],
                        Float.NaN,
                        ItemOrigin.TRAINED));
            }
        }
    }

    /** The largest that a part was given; without any, there is none. */
    private static int limit(String generator, List<Retrieved> answers) {
        return answers.stream()
                .flatMap(answer -> answer.shares().stream())
                .filter(share -> share.generator().equals(generator) && share.limit() > 0)
                .mapToInt(GeneratorShare::limit)
                .max()
                .orElse(Integer.MAX_VALUE);
    }

    /** Half of the limit is the second search's best, the rest the best of all; all in the order of the first's scores. */
    private static List<Entry> shared(List<Entry> all, List<Entry> second, int limit) {
        if (second.isEmpty()) {
            return all.subList(0, Math.min(all.size(), limit));
        }
        Set<String> chosen = new LinkedHashSet<>();
        choose(chosen, second, limit / 2);
        choose(chosen, all, limit);
        return all.stream().filter(entry -> chosen.contains(entry.item())).collect(Collectors.toList());
    }

    private static void choose(Set<String> chosen, List<Entry> from, int until) {
        for (int i = 0; i < from.size() && chosen.size() < until; i++) {
            chosen.add(from.get(i).item());
        }
    }
}
