package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.benchmarks.load.Footprint;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.cli.Funnel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Models change under load without a failed request. With {@code -Dfunnel.long=true} 50 of them, and anonymous memory, mapped bundle files
 * and the number of mappings after the last are within 5 % of those after the fifth.
 */
@Timeout(1800)
@ExtendWith(TinyFunnelExtension.class)
class BundleSwapTest {
    private static final boolean LONG = Boolean.getBoolean("funnel.long");
    private static final int SWAPS = LONG ? 50 : 4;
    private static final int FIRST_MEASURED = 5;
    private static final double MOST_GROWTH = 1.05;
    private static final List<String> MEASURED = List.of("anonymous_kib", "bundle_kib", "mappings");

    private final TinyFunnel tiny;
    private final ReplicatedFunnel funnel;

    BundleSwapTest(TinyFunnel tiny) {
        this.tiny = tiny;
        this.funnel = tiny.replicated();
    }

    @Test
    void versions_come_are_rolled_back_and_loaded_again_and_no_request_fails_or_mixes_them() throws Exception {
        List<BundleVersion> published = new ArrayList<>(funnel.store().versions());
        Map<FunnelMember, Footprint> early = Map.of();
        try (SteadyLoad load = tiny.load(funnel)) {
            for (int swap = 1; swap <= SWAPS; swap++) {
                BundleVersion next = funnel.publish();
                published.addFirst(next);
                funnel.awaitPinned(next);
                load.awaitMore(20);
                if (LONG && swap == FIRST_MEASURED) {
                    early = footprints();
                }
            }
            if (LONG) {
                assertNotGrown(early, footprints());
            }
            command("rollback");
            funnel.awaitPinned(published.get(1));
            int before = load.answeredBy(published.get(1).value());
            load.awaitMore(20);
            assertTrue(load.answeredBy(published.get(1).value()) > before, load::toString);
            command("load", "--version", published.getFirst().value());
            funnel.awaitPinned(published.getFirst());
            load.awaitMore(20);
            command("status");
            load.assertNoneFailed();
            load.assertNoVersionMissed();
            assertEquals(
                    load.answered(),
                    published.stream()
                            .mapToInt(version -> load.answeredBy(version.value()))
                            .sum(),
                    load::toString);
            System.out.println(SWAPS + " swaps: " + load);
        }
    }

    private void command(String... words) {
        List<String> arguments = new ArrayList<>(List.of("bundle"));
        arguments.addAll(List.of(words));
        arguments.addAll(List.of("--target", funnel.targets()));
        assertEquals(0, Funnel.commandLine().execute(arguments.toArray(String[]::new)), arguments::toString);
    }

    /** What each process holds after a collection. */
    private Map<FunnelMember, Footprint> footprints() throws IOException, InterruptedException {
        Map<FunnelMember, Footprint> footprints = new LinkedHashMap<>();
        for (FunnelMember member : funnel.members()) {
            footprints.put(member, Footprint.of(member.pid()));
        }
        return footprints;
    }

    private static void assertNotGrown(Map<FunnelMember, Footprint> early, Map<FunnelMember, Footprint> late) {
        List<String> grown = new ArrayList<>();
        late.forEach((member, after) -> {
            Map<String, Long> before = Objects.requireNonNull(early.get(member)).byName();
            System.out.println(member + ": " + before + ", after the last swap " + after.byName());
            MEASURED.stream()
                    .filter(name -> of(after.byName(), name) > of(before, name) * MOST_GROWTH)
                    .forEach(name -> grown.add(member + ": " + name));
        });
        assertEquals(List.of(), grown);
    }

    private static long of(Map<String, Long> footprint, String name) {
        return Objects.requireNonNull(footprint.get(name), name);
    }
}
