package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.cli.Funnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Models change under load without a failed request. With {@code -Dfunnel.long=true} 50 of them, and anonymous memory after the last
 * is within 5 % of that after the fifth.
 */
@Timeout(1800)
@ExtendWith(TinyFunnelExtension.class)
class BundleSwapTest {
    private static final boolean LONG = Boolean.getBoolean("funnel.long");
    private static final int SWAPS = LONG ? 50 : 4;
    private static final int FIRST_MEASURED = 5;
    private static final double MOST_GROWTH = 1.05;
    private static final Pattern ANONYMOUS = Pattern.compile("RssAnon:\\s+([0-9]+) kB");

    private final TinyFunnel tiny;
    private final ReplicatedFunnel funnel;

    BundleSwapTest(TinyFunnel tiny) {
        this.tiny = tiny;
        this.funnel = tiny.replicated();
    }

    @Test
    void versions_come_are_rolled_back_and_loaded_again_and_no_request_fails_or_mixes_them() throws Exception {
        List<BundleVersion> published = new ArrayList<>(funnel.store().versions());
        Map<FunnelMember, Long> memory = Map.of();
        try (SteadyLoad load = tiny.load(funnel)) {
            for (int swap = 1; swap <= SWAPS; swap++) {
                BundleVersion next = funnel.publish();
                published.addFirst(next);
                funnel.awaitPinned(next);
                load.awaitMore(20);
                if (LONG && swap == FIRST_MEASURED) {
                    memory = anonymous();
                }
            }
            if (LONG) {
                assertNotGrown(memory, anonymous());
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

    /** Anonymous memory of each process after a collection, in kB. */
    private Map<FunnelMember, Long> anonymous() throws IOException, InterruptedException {
        Map<FunnelMember, Long> memory = new LinkedHashMap<>();
        for (FunnelMember member : funnel.members()) {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            new ProcessBuilder(jcmd.toString(), String.valueOf(member.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            Matcher found = ANONYMOUS.matcher(Files.readString(Path.of("/proc/" + member.pid() + "/status")));
            assertTrue(found.find());
            memory.put(member, Long.parseLong(found.group(1)));
        }
        return memory;
    }

    private static void assertNotGrown(Map<FunnelMember, Long> early, Map<FunnelMember, Long> late) {
        early.forEach((member, before) -> {
            long after = late.getOrDefault(member, 0L);
            System.out.println(member + ": anonymous memory " + before + " kB, " + after + " kB after the last swap");
        });
        early.forEach((member, before) -> assertTrue(
                late.getOrDefault(member, 0L) <= before * MOST_GROWTH,
                () -> member + " grew from " + before + " kB to " + late.get(member) + " kB"));
    }
}
