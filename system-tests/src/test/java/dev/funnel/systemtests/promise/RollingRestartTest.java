package dev.funnel.systemtests.promise;

import dev.funnel.cli.cluster.Service;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Processes are restarted in turn under load, and no request fails: one of each kind, and with {@code -Dfunnel.long=true} every one, three
 * times.
 */
@Timeout(1800)
@ExtendWith(TinyFunnelExtension.class)
class RollingRestartTest {
    private static final boolean LONG = Boolean.getBoolean("funnel.long");
    private static final int ROUNDS = LONG ? 3 : 1;

    private final TinyFunnel tiny;
    private final ReplicatedFunnel funnel;

    RollingRestartTest(TinyFunnel tiny) {
        this.tiny = tiny;
        this.funnel = tiny.replicated();
    }

    @Test
    void processes_are_restarted_in_turn_and_no_request_fails() throws Exception {
        try (SteadyLoad load = tiny.load(funnel)) {
            load.awaitMore(20);
            for (int round = 0; round < ROUNDS; round++) {
                for (FunnelMember member : restarted()) {
                    funnel.restart(member);
                    load.awaitMore(20);
                }
            }
            load.assertNoneFailed();
            load.assertNoVersionMissed();
            System.out.println(ROUNDS + " rounds of restarts: " + load);
        }
    }

    private List<FunnelMember> restarted() {
        Set<Service> seen = EnumSet.noneOf(Service.class);
        return funnel.members().stream()
                .filter(member -> LONG || seen.add(member.service()))
                .toList();
    }
}
