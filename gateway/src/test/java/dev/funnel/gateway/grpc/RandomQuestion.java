package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.common.v1.Comparison;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.Interaction;
import dev.funnel.proto.common.v1.InteractionKind;
import dev.funnel.proto.common.v1.ItemPredicate;
import dev.funnel.proto.common.v1.Operand;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Questions that forbid much, and what must hold for their answers. */
final class RandomQuestion {
    private static final String EXPIRED = SmallBundle.item(SmallBundle.ITEMS - 1);

    private RandomQuestion() {}

    /** Nothing left that this question, a strict rule or sense forbids, and a short slate says so. */
    static void assertSound(RecommendResponse slate, RecommendRequest request, String seed) {
        List<String> ids = RunningGateway.ids(slate);
        assertEquals(ids.size(), new HashSet<>(ids).size(), () -> seed + ": twice in " + ids);
        assertTrue(ids.size() <= request.getPageSize(), () -> seed + ": " + ids.size());
        Query query = request.getQuery();
        for (String id : ids) {
            assertFalse(id.equals(EXPIRED) || id.equals("item-99"), () -> seed + ": " + id);
            assertFalse(id.equals(query.getSeedItemId()), () -> seed + ": the seed " + id);
            assertFalse(query.getExcludeItemIdsList().contains(id), () -> seed + ": excluded " + id);
            assertFalse(
                    query.getRecentList().stream()
                            .anyMatch(deed -> deed.getItemId().equals(id)),
                    () -> seed + ": watched or disliked " + id);
            assertTrue(!query.hasFilter() || FakeStages.number(id) % 3 == 1, () -> seed + ": filtered " + id);
        }
        boolean isShort = slate.getDegradationsList().stream()
                .anyMatch(loss -> loss.getKind() == DegradationKind.DEGRADATION_KIND_SHORT_SLATE);
        assertEquals(ids.size() < request.getPageSize(), isShort, seed);
    }

    /** Of someone who has watched, disliked and excluded items. */
    static RecommendRequest of(Random random) {
        Query.Builder query = RunningGateway.query(random.nextInt(4) == 0 ? "" : SmallBundle.user(random.nextInt(20)));
        for (String id : someItems(random, 12)) {
            query.addExcludeItemIds(id);
        }
        for (String id : someItems(random, 8)) {
            query.addRecent(interaction(
                    id,
                    random.nextBoolean()
                            ? InteractionKind.INTERACTION_KIND_WATCH
                            : InteractionKind.INTERACTION_KIND_DISLIKE));
        }
        if (random.nextInt(3) == 0) {
            query.setSeedItemId(someItems(random, 1).getFirst());
        }
        if (random.nextInt(3) == 0) {
            query.setFilter(language("de"));
        }
        return RecommendRequest.newBuilder()
                .setQuery(query)
                .setPageSize(1 + random.nextInt(70))
                .setExplain(random.nextBoolean())
                .build();
    }

    /** Up to {@code most} known items, at least one, in random order. */
    static List<String> someItems(Random random, int most) {
        Set<String> items = new HashSet<>();
        int size = 1 + random.nextInt(most);
        for (int i = 0; i < size; i++) {
            items.add(SmallBundle.item(random.nextInt(SmallBundle.ITEMS)));
        }
        List<String> ordered = new ArrayList<>(items);
        Collections.sort(ordered);
        Collections.shuffle(ordered, random);
        return ordered;
    }

    static ItemPredicate language(String language) {
        return ItemPredicate.newBuilder()
                .setEquals(Comparison.newBuilder()
                        .setColumn("language")
                        .setValue(Operand.newBuilder().setText(language)))
                .build();
    }

    static Interaction interaction(String item, InteractionKind kind) {
        return Interaction.newBuilder().setItemId(item).setKind(kind).build();
    }
}
