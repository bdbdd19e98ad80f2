package dev.funnel.inference.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.testing.SmallInputs;
import dev.funnel.inference.testing.SmallRanker;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that are used from slice to slice hold what new ones would, and nothing is allocated for a candidate. */
final class AssemblyTest {
    private static final long SEED = 41;
    private static final int MOST = 1_000;

    @TempDir
    Path root;

    private Bundle bundle;
    private FeatureTransform transform;

    @BeforeEach
    void load() throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, SmallRanker.publish(root)));
        String features = Objects.requireNonNull(bundle.manifest().ranker()).features();
        transform = new FeatureTransform(
                SmallRanker.schema(),
                StoredFeatures.load(SmallRanker.schema(), bundle.items(), bundle::tensors, features));
    }

    @AfterEach
    void close() {
        bundle.close();
    }

    @Test
    void blocks_that_were_used_before_hold_the_same_bits_as_new_ones() {
        Random random = new Random(SEED);
        FeatureBlocks used = FeatureBlocks.rowPerRequest(transform.schema(), MOST);
        for (int i = 0; i < 30; i++) {
            int size = 1 + random.nextInt(MOST);
            int from = random.nextInt(size);
            Request request = transform.open(SmallInputs.random(random.nextLong(), size));
            RequestReadings readings = transform.readRequest(request);
            transform.write(request, readings, from, size, used, 0);
            FeatureBlocks fresh = FeatureBlocks.rowPerRequest(transform.schema(), size - from);
            transform.write(readings, transform.readCandidates(request, from, size), fresh, 0);
            for (int block = 0; block < used.size(); block++) {
                assertEquals(
                        fresh.buffer(block, size - from),
                        used.buffer(block, size - from),
                        "block " + block + ", pool " + i + ", candidates " + from + " to " + size + ", seed " + SEED);
            }
        }
    }

    /**
     * What a slice costs is not what a candidate costs: so the bytes for {@value #MOST} candidates are compared with those for 100. The
     * least of many turns counts, since code that is being compiled allocates what compiled code does not. A byte a candidate is let
     * pass: the smallest object has 16, the smallest array of a number each 4 a candidate.
     */
    @Test
    void nothing_is_allocated_for_a_candidate() {
        FeatureBlocks blocks = FeatureBlocks.rowPerRequest(transform.schema(), MOST);
        Request few = transform.open(SmallInputs.random(SEED, 100));
        Request many = transform.open(SmallInputs.random(SEED, MOST));
        long leastOfFew = Long.MAX_VALUE;
        long leastOfMany = Long.MAX_VALUE;
        for (int turn = 0; turn < 500; turn++) {
            leastOfFew = Math.min(leastOfFew, bytes(few, 100, blocks));
            leastOfMany = Math.min(leastOfMany, bytes(many, MOST, blocks));
        }
        double perCandidate = (leastOfMany - leastOfFew) / (MOST - 100.0);
        assertTrue(
                perCandidate < 1,
                perCandidate + " bytes a candidate: " + leastOfFew + " for 100, " + leastOfMany + " for " + MOST);
    }

    private long bytes(Request request, int candidates, FeatureBlocks into) {
        RequestReadings readings = transform.readRequest(request);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        transform.write(request, readings, 0, candidates, into, 0);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
