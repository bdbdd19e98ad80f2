package dev.funnel.gateway.door;

import dev.funnel.bundle.ItemTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The last check of one request: whatever path an item came by, it leaves only if every rule of the door lets it. Rules are asked
 * in the order they were added, and the first that refuses is the reason.
 */
public final class Door {
    private static final String UNKNOWN_ITEM = "unknown-item";

    private final List<Rule> rules;

    private record Rule(String name, ItemTest test) {}

    private Door(List<Rule> rules) {
        this.rules = rules;
    }

    /** A door with no rules yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** The rule that refuses an item; empty if all let it pass. */
    public Optional<String> refusal(int item) {
        if (item < 0) {
            return Optional.of(UNKNOWN_ITEM);
        }
        for (Rule rule : rules) {
            if (!rule.test().test(item)) {
                return Optional.of(rule.name());
            }
        }
        return Optional.empty();
    }

    /**
     * Lets the first {@code pageSize} offers pass that may, each item once.
     *
     * @param paths the offers of each path, the best path first; drawn only as far as needed
     */
    public Settled settle(List<Supplier<Stream<Offer>>> paths, int pageSize) {
        Map<Integer, Offer> page = new LinkedHashMap<>();
        Map<String, Integer> refused = new TreeMap<>();
        for (Supplier<Stream<Offer>> path : paths) {
            if (page.size() < pageSize) {
                Iterator<Offer> offers = path.get().iterator();
                while (page.size() < pageSize && offers.hasNext()) {
                    settle(offers.next(), page, refused);
                }
            }
        }
        return new Settled(List.copyOf(page.values()), refused);
    }

    private void settle(Offer offer, Map<Integer, Offer> page, Map<String, Integer> refused) {
        Optional<String> refusal = refusal(offer.item());
        if (refusal.isPresent()) {
            refused.merge(refusal.get(), 1, Integer::sum);
        } else {
            page.putIfAbsent(offer.item(), offer);
        }
    }

    /** Collects the rules of a door. */
    public static final class Builder {
        private final List<Rule> rules = new ArrayList<>();

        /** Only items for which a test holds may pass. */
        public Builder only(String name, ItemTest test) {
            rules.add(new Rule(name, test));
            return this;
        }

        /** No item of {@code items}, which are sorted item indexes, may pass. */
        public Builder none(String name, int[] items) {
            return items.length == 0 ? this : only(name, item -> Arrays.binarySearch(items, item) < 0);
        }

        public Door build() {
            return new Door(List.copyOf(rules));
        }
    }
}
