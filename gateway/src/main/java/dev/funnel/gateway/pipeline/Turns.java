package dev.funnel.gateway.pipeline;

import dev.funnel.bundle.BlockedKeys;
import dev.funnel.bundle.InvalidPredicateException;
import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.PredicateContext;
import dev.funnel.gateway.door.Door;
import dev.funnel.gateway.page.PagePosition;
import dev.funnel.gateway.snapshot.GatewaySnapshot;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.user.JoinedUser;
import dev.funnel.runtime.user.UserStates;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.StrictRule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes requests ready to run on a bundle version: stamps the time, joins the user state, puts up the door. */
final class Turns {
    private Turns() {}

    /** @throws CallerError if the query's filter does not fit the item table */
    static Turn of(Request request, Start start, BundleRef bundle, GatewaySnapshot snapshot, float effort) {
        PagePosition position = start.position();
        Query query = stamped(request.query(), position, snapshot.items());
        JoinedUser user = UserStates.join(snapshot.items(), snapshot.users(), query);
        PipelineConfiguration settings = request.pipeline().settings();
        return new Turn(
                request,
                bundle,
                snapshot,
                query,
                user,
                door(request, query, user, position, snapshot.items()),
                Budget.before(request.deadline(), settings.reserve(), settings.slices()),
                effort,
                position,
                start.losses());
    }

    /** The query at its time, with what earlier pages showed among the exclusions, as far as there is room for them. */
    private static Query stamped(Query query, PagePosition position, ItemTable items) {
        Stream<String> shown = IntStream.of(position.shown())
                .filter(item -> item < items.size()) // another gateway may know an item that came a moment ago
                .mapToObj(items::id);
        List<String> excluded = position.shown().length == 0
                ? query.excludeItemIds()
                : Stream.concat(shown, query.excludeItemIds().stream())
                        .distinct()
                        .limit(Bounds.EXCLUSIONS)
                        .toList();
        return new Query(
                query.userId(),
                query.recent(),
                query.seedItemId(),
                query.context().at(position.time()),
                excluded,
                query.filter());
    }

    private static Door door(Request request, Query query, JoinedUser user, PagePosition position, ItemTable items) {
        PredicateContext context = query.predicateContext();
        Door.Builder door = Door.builder()
                .none("seed-item", query.hasSeed() ? indexes(List.of(query.seedItemId()), items) : new int[0])
                .none("shown-earlier", IntStream.of(position.shown()).sorted().toArray())
                .none("excluded", indexes(request.query().excludeItemIds(), items))
                .none("disliked", user.disliked())
                .none("watched", user.watched());
        only(door, "blocked-uploader", BlockedKeys.uploaders(items, user.state().blockedUploaders()));
        only(
                door,
                "blocked-category",
                BlockedKeys.categories(items, user.state().blockedCategories()));
        only(door, "removed", items.standing());
        if (query.filter() != null) {
            door.only("filter", compiled(query.filter(), items, context));
        }
        for (StrictRule rule : request.pipeline().strictRules()) {
            door.only(rule.name(), rule.predicate().compile(items, context));
        }
        return door.build();
    }

    private static void only(Door.Builder door, String name, ItemTest test) {
        if (test != ItemTest.ALL) {
            door.only(name, test);
        }
    }

    private static ItemTest compiled(ItemPredicate filter, ItemTable items, PredicateContext context) {
        try {
            return filter.compile(items, context, "query.filter");
        } catch (InvalidPredicateException e) {
            throw new CallerError(e.field(), e.value(), "must be " + e.rule());
        }
    }

    private static int[] indexes(List<String> itemIds, ItemTable items) {
        return itemIds.stream()
                .mapToInt(items::indexOf)
                .filter(item -> item >= 0)
                .sorted()
                .toArray();
    }
}
