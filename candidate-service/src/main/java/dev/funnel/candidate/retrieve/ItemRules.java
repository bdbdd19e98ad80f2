package dev.funnel.candidate.retrieve;

import dev.funnel.bundle.BlockedKeys;
import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.PredicateContext;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.candidate.cache.Later;
import dev.funnel.candidate.cache.PredicateBitmaps;
import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.retrieval.ItemFilter;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.wire.InteractionKind;
import dev.funnel.runtime.wire.Interactions;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.StrictRule;
import dev.funnel.runtime.wire.UserState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Every reason why an item may not be nominated to this user now, as one test that runs inside the search: so that no quota is
 * spent on items that a later stage would have to throw away. Cheap rules (bit sets of items) come first.
 */
final class ItemRules implements ItemTest {
    private static final String WATCHED = "watched";

    private final ItemTable items;
    private final List<Rule> rules = new ArrayList<>();

    private record Rule(String name, ItemTest passes) {}

    private ItemRules(ItemTable items) {
        this.items = items;
    }

    /**
     * The rules of a request.
     *
     * @param later makes bitmaps of predicates
     * @throws CallerError naming the field, for a predicate that does not fit the bundle's columns
     */
    static ItemRules of(
            CandidateSnapshot snapshot, UserState user, Query query, List<StrictRule> strictRules, Later later) {
        ItemTable items = snapshot.items();
        ItemRules rules = new ItemRules(items);
        if (items.standing() != ItemTest.ALL) {
            rules.rules.add(new Rule("removed", items.standing()));
        }
        rules.addItems("excluded", query.excludeItemIds());
        rules.addItems("seed-item", query.hasSeed() ? List.of(query.seedItemId()) : List.of());
        rules.addItems(WATCHED, recent(user.recent(), InteractionKind::isConsumption), user.olderWatchedItemIds());
        rules.addItems("disliked", recent(user.recent(), InteractionKind.DISLIKE::equals), user.dislikedItemIds());
        rules.addUnpublished(query);
        rules.addBlocked("blocked-uploader", BlockedKeys.uploaders(items, user.blockedUploaders()));
        rules.addBlocked("blocked-category", BlockedKeys.categories(items, user.blockedCategories()));
        rules.addPredicates(query, strictRules, snapshot.predicates(), later);
        return rules;
    }

    @Override
    public boolean test(int itemIndex) {
        for (Rule rule : rules) {
            if (!rule.passes.test(itemIndex)) {
                return false;
            }
        }
        return true;
    }

    /** The rules in the form that searches like best: as far as there are bitmaps, one bitmap. */
    ItemFilter filter() {
        ItemFilter bitmaps = ItemFilter.ALL;
        ItemRules tests = new ItemRules(items);
        for (Rule rule : rules) {
            if (rule.passes instanceof ItemFilter filter && filter.hasBitmap()) {
                bitmaps = bitmaps.and(filter);
            } else {
                tests.rules.add(rule);
            }
        }
        return tests.rules.isEmpty() ? bitmaps : bitmaps.and(tests);
    }

    /** The same rules but that watched items are kept out. */
    ItemRules allowingWatched() {
        ItemRules others = new ItemRules(items);
        rules.stream().filter(rule -> !rule.name.equals(WATCHED)).forEach(others.rules::add);
        return others;
    }

    /** The first rule that the item breaks. */
    Optional<String> brokenBy(int itemIndex) {
        return rules.stream()
                .filter(rule -> !rule.passes.test(itemIndex))
                .map(Rule::name)
                .findFirst();
    }

    private static List<String> recent(Interactions recent, Predicate<InteractionKind> which) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < recent.size(); i++) {
            if (which.test(recent.kind(i))) {
                ids.add(recent.itemIds().get(i));
            }
        }
        return ids;
    }

    @SafeVarargs
    private void addItems(String name, List<String>... idLists) {
        BitSet removed = new BitSet();
        for (List<String> ids : idLists) {
            for (String id : ids) {
                int index = items.indexOf(id);
                if (index >= 0) {
                    removed.set(index);
                }
            }
        }
        if (!removed.isEmpty()) {
            rules.add(new Rule(name, item -> !removed.get(item)));
        }
    }

    /** What is published after the instant the slate is for is not there yet. */
    private void addUnpublished(Query query) {
        TimeColumn published = items.time("published_at");
        if (published != null) {
            long now = query.context().timeMillis();
            rules.add(new Rule("unpublished", item -> published.millis(item) <= now)); // missing is Long.MIN_VALUE
        }
    }

    private void addBlocked(String name, ItemTest passes) {
        if (passes != ItemTest.ALL) {
            rules.add(new Rule(name, passes));
        }
    }

    private void addPredicates(Query query, List<StrictRule> strictRules, PredicateBitmaps bitmaps, Later later) {
        PredicateContext context = query.predicateContext();
        ItemPredicate filter = query.filter();
        if (filter != null) {
            ItemTest test = query.filterTest(items);
            rules.add(new Rule("query-filter", bitmaps.filter(filter, test, items, context, later)));
        }
        for (int i = 0; i < strictRules.size(); i++) {
            StrictRule rule = strictRules.get(i);
            ItemTest test = rule.test(items, context, "strict_rules[" + i + "]");
            rules.add(new Rule(rule.name(), bitmaps.filter(rule.predicate(), test, items, context, later)));
        }
    }
}
