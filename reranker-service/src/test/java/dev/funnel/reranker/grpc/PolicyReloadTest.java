package dev.funnel.reranker.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.common.v1.ExpressionFilter;
import dev.funnel.proto.reranker.v1.ListPoliciesRequest;
import dev.funnel.proto.reranker.v1.ListPoliciesResponse;
import dev.funnel.proto.reranker.v1.PolicyDescription;
import dev.funnel.proto.reranker.v1.RerankRequest;
import dev.funnel.proto.reranker.v1.RerankResponse;
import dev.funnel.proto.reranker.v1.SlateItem;
import dev.funnel.runtime.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that change while the reranker serves, and what a request may bring along, over a real socket. */
class PolicyReloadTest {
    private static final String FILE = """
            server: {port: 0}
            metrics: {port: 0}
            bundles: {root: unused, name: demo}
            policy_poll: 100ms
            policies:
              default: {}
              home:
                filters:
                  - expired
                  %s
            """;

    @TempDir
    private static Path folder;

    private static Path file;
    private static RunningReranker running;

    @BeforeAll
    static void start() throws Exception {
        SmallBundle.publish(folder);
        file = folder.resolve("reranker.yaml");
        Files.writeString(file, FILE.formatted("- unpublished"));
        running = new RunningReranker(folder, file).loaded();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void a_bad_policy_is_refused_naming_the_line_and_the_next_good_one_serves() throws IOException {
        String before = home().getHash();
        Files.writeString(file, FILE.formatted("- {kind: only, where: {present: {column: colour}}}"));
        Await.until("a refusal", () -> !policies().getRefusal().isEmpty());
        String refusal = policies().getRefusal();
        assertTrue(
                refusal.contains("reranker.yaml:10: policies.home: rule only") && refusal.contains("colour"), refusal);
        assertEquals(before, home().getHash());
        Files.writeString(file, FILE.formatted("- {kind: watched}\n      - {kind: watched, name: again}"));
        Await.until("another refusal", () -> policies().getRefusal().contains("can never have an effect"));
        Files.writeString(file, FILE.formatted("- disliked"));
        Await.until("policies that serve", () -> policies().getRefusal().isEmpty());
        assertNotEquals(before, home().getHash());
        assertEquals(List.of("expired", "disliked"), home().getRulesList());
    }

    @Test
    void a_request_brings_its_own_expression_along() {
        RerankRequest.Builder request = RunningReranker.everyItem();
        String best = request.getCandidates().getItemIds(0);
        request.addExpressions(
                ExpressionFilter.newBuilder().setName("not-the-best").setKeep("item.id != '" + best + "'"));
        RerankResponse response = running.reranker().rerank(request.build());
        assertTrue(response.getSlateList().stream().map(SlateItem::getItemId).noneMatch(best::equals));
        assertTrue(response.getRemovalCountsList().stream()
                .anyMatch(count -> count.getRule().equals("not-the-best")));
    }

    private static ListPoliciesResponse policies() {
        return running.reranker().listPolicies(ListPoliciesRequest.getDefaultInstance());
    }

    private static PolicyDescription home() {
        return policies().getPoliciesList().stream()
                .filter(policy -> policy.getName().equals("home"))
                .findFirst()
                .orElseThrow();
    }
}
