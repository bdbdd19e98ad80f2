package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleStore;
import dev.funnel.cli.Funnel;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.cluster.Service;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.runtime.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The networks of neural collaborative filtering (He et al. 2017) and boosted trees, each trained by the command that a user types and
 * rolled out, one after the other, into a funnel that serves.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(TinyFunnelExtension.class)
class ServedNetworksTest {
    private static final String TREES = "trees";
    private static final List<String> RANKERS = List.of("gmf", "ncf-mlp", "neumf", TREES);
    private static final int PAGE = 10;

    private final TinyFunnel tiny;
    private final Path folder;
    private final BundleStore store;
    private final LocalCluster cluster;
    private final StockClient client;

    ServedNetworksTest(TinyFunnel tiny) throws IOException, InterruptedException {
        this.tiny = tiny;
        this.folder = Files.createDirectory(tiny.bundles().resolveSibling("networks-trained"));
        this.store = new BundleStore(folder.resolve("bundles"), "demo");
        train(RANKERS.getFirst());
        this.cluster = LocalCluster.start(tiny.plan("networks", folder.resolve("bundles")));
        this.client = new StockClient(cluster.port(Service.GATEWAY));
    }

    @AfterAll
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void each_ranks_for_callers() throws IOException {
        for (String network : RANKERS) {
            if (!network.equals(RANKERS.getFirst())) {
                train(network);
            }
            String version = store.newest().orElseThrow().value();
            Await.calmly(network + " is served", () -> {
                RecommendResponse slate = recommend();
                return slate.getBundle().getVersion().equals(version)
                        && slate.getDegradationsList().stream()
                                .noneMatch(loss -> loss.getStage() == Stage.STAGE_RANKING);
            });
            assertRanked(network, recommend());
        }
    }

    private static void assertRanked(String network, RecommendResponse slate) {
        assertEquals(PAGE, slate.getItemsCount(), network);
        List<Float> watchTimes = slate.getItemsList().stream()
                .map(item -> item.getPredictionsOrThrow("watch_time"))
                .distinct()
                .toList();
        assertTrue(
                watchTimes.size() > 2,
                () -> network + " tells items apart: " + slate); // those never seen have the same row
        assertTrue(watchTimes.stream().allMatch(seconds -> seconds > 0), () -> network + ": " + slate);
    }

    private void train(String network) throws IOException {
        Path configuration = folder.resolve(network + ".yaml");
        Files.writeString(configuration, """
                generators:
                  - {name: als, kind: wals, limit: 200, dimensions: 16}
                  - {name: popular, kind: popular, limit: 50}
                ranker:
                  %s
                  tables:
                    - {kind: texts, name: person, width: 16, vocabulary: user_id, most: 1000}
                    - {kind: items, name: item, width: 16}
                  features:
                    - {kind: category, name: user_id, from: user-id, table: person}
                    - {kind: category, name: item_id, from: id, table: item}
                lessons: 1
                """.formatted(
                network.equals(TREES) ? "trees: {most: 30, depth: 4}" : "network: " + network + "\n  hidden: [16, 8]"));
        List<String> words = List.of(
                "train",
                "--data",
                tiny.data().toString(),
                "--config",
                configuration.toString(),
                "--out",
                folder.resolve("bundles").toString());
        assertEquals(0, Funnel.commandLine().execute(words.toArray(String[]::new)), words::toString);
    }

    private RecommendResponse recommend() {
        return RecommendationServiceGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS)
                .recommend(tiny.request(query -> query.setUserId(tiny.world().userId(7)))
                        .setPageSize(PAGE)
                        .setExplain(true)
                        .build());
    }
}
