package dev.funnel.ranking.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.GoldenQuery;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.testing.SmallRanker;
import dev.funnel.ranking.feature.RankingInputs;
import dev.funnel.ranking.snapshot.RankingSnapshot;
import dev.funnel.runtime.bundle.RecordedRequest;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    private static final int USER_BLOCK = 0;

    @TempDir
    private Path root;

    /** An engine that keeps what it is given of the user, and how many candidates. */
    private static final class Recording implements Engine {
        private final FeatureSchema schema;
        private final List<List<Float>> users = new ArrayList<>();
        private final List<Integer> rows = new ArrayList<>();

        Recording(FeatureSchema schema) {
            this.schema = schema;
        }

        @Override
        public String name() {
            return "recording";
        }

        @Override
        public FeatureBlocks blocks(int capacity) {
            return FeatureBlocks.rowPerRequest(schema, capacity);
        }

        @Override
        public void run(FeatureBlocks blocks, int count, float[][] heads, int at) {
            users.add(userRow(blocks));
            rows.add(count);
            Arrays.stream(heads).forEach(head -> Arrays.fill(head, at, at + count, 1));
        }

        @Override
        public void close() {}
    }

    private static List<Float> userRow(FeatureBlocks blocks) {
        List<Float> row = new ArrayList<>();
        for (int i = 0; i < blocks.width(USER_BLOCK); i++) {
            row.add(blocks.values(USER_BLOCK).getAtIndex(ValueLayout.JAVA_FLOAT, i));
        }
        return row;
    }

    private BundleVersion publish() throws Exception {
        try (BundleStore.Draft draft = SmallBundle.store(root).draft()) {
            var contents = SmallRanker.addTo(draft, SmallBundle.fill(draft, SmallBundle.SEED), SmallBundle.SEED);
            GoldenQuery golden =
                    new GoldenQuery("als", SmallBundle.user(3), null, List.of(SmallBundle.item(7)), List.of(1.0));
            return draft.publish(contents.withGoldenQueries(List.of(golden)));
        }
    }

    @Test
    void pools_of_recorded_users_are_scored_with_the_features_that_their_requests_have() throws Exception {
        BundleVersion version = publish();
        List<Recording> engines = new ArrayList<>();
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, version))) {
            RankingSnapshot snapshot = RankingSnapshot.load(
                    bundle,
                    (of, entry) -> Ranker.load(of, entry, (network, schema) -> {
                        engines.add(new Recording(schema));
                        return engines.getFirst();
                    }),
                    Map.of());
            try (snapshot) {
                WarmUp.warmed(snapshot, bundle);
                List<List<Float>> seen = List.copyOf(engines.getFirst().users);
                List<RecordedRequest> recorded = RecordedRequest.of(bundle);
                assertEquals(features(snapshot, recorded.get(0)), seen.get(0));
                assertEquals(features(snapshot, recorded.get(1)), seen.get(1));
                assertNotEquals(seen.get(0), seen.get(1), "a user with a profile and history, and a new visitor");
                assertEquals(SmallBundle.ITEMS, engines.getFirst().rows.getFirst());
            }
        }
    }

    private static List<Float> features(RankingSnapshot snapshot, RecordedRequest request) {
        return userRow(snapshot.ranker()
                .begin(RankingInputs.of(
                        request.user(), request.query().context(), request.candidates(), snapshot.items()))
                .features(1));
    }
}
