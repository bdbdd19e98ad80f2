package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.GoldenQuery;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.testing.SmallRanker;
import dev.funnel.reranker.rule.Policy;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.error.PreconditionFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    /** Stands in for the configuration of a process. */
    record Configuration(Map<String, Policy> policies) {}

    private static final String READS_A_HEAD = """
            policies:
              default: {filters: [watched]}
              blended: {transforms: [{kind: blend, weights: {click: 1, score: 1}}]}
            """;

    @TempDir
    private Path root;

    private final List<RerankInput> inputs = new ArrayList<>();
    private final List<Reranked> slates = new ArrayList<>();

    /** The real reranker, and what it was asked. */
    private Reranked recording(Policy policy, RerankInput input, SlateRequest request, Deadline deadline) {
        inputs.add(input);
        Reranked slate = new Reranker(Ticker.SYSTEM).rerank(policy, input, request, deadline);
        slates.add(slate);
        return slate;
    }

    private void warm(WarmUp.Work work) throws Exception {
        Map<String, Policy> policies = ConfigurationFile.parse(Configuration.class, "test", READS_A_HEAD, Map.of())
                .policies();
        BundleVersion version;
        try (BundleStore.Draft draft = SmallBundle.store(root).draft()) {
            var contents = SmallRanker.addTo(draft, SmallBundle.fill(draft, SmallBundle.SEED), SmallBundle.SEED);
            GoldenQuery golden =
                    new GoldenQuery("als", SmallBundle.user(3), null, List.of(SmallBundle.item(7)), List.of(1.0));
            version = draft.publish(contents.withGoldenQueries(List.of(golden)));
        }
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, version));
                RerankerSnapshot snapshot = RerankerSnapshot.load(bundle, "als")) {
            new WarmUp(work, new Policies(policies)).warmed(snapshot, bundle);
        }
    }

    @Test
    void every_policy_reranks_the_pools_of_recorded_users_with_the_rankers_heads() throws Exception {
        warm(this::recording);
        assertEquals(40, slates.size(), "20 requests under two policies");
        RerankInput first = inputs.getFirst();
        assertEquals(SmallBundle.user(3), first.user().userId());
        assertTrue(first.user().recent().size() >= 4, "a history");
        assertEquals(SmallBundle.item(7), first.pool().id(0));
        assertEquals(SmallBundle.ITEMS, first.pool().size());
        assertTrue(first.heads().containsKey(SmallRanker.CLICK));
        assertEquals("", inputs.get(2).user().userId(), "and a new visitor's");
        assertEquals(20, slates.getFirst().slate().size());
    }

    @Test
    void a_policy_that_cannot_be_applied_is_tried_once_and_does_not_hinder_the_others() throws Exception {
        List<Policy> asked = new ArrayList<>();
        warm((policy, input, request, deadline) -> {
            asked.add(policy);
            if (policy.transforms().isEmpty()) {
                return recording(policy, input, request, deadline);
            }
            throw new PreconditionFailed("UNFIT", "the bundle does not fit");
        });
        assertEquals(21, asked.size());
        assertEquals(20, slates.size());
    }
}
