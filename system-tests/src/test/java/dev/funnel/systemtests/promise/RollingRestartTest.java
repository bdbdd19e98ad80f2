package dev.funnel.systemtests.promise;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every process is restarted in turn under load, and no request fails; in three rounds with {@code -Dfunnel.long=true}. */
@Timeout(1800)
@ExtendWith(TinyFunnelExtension.class)
class RollingRestartTest {
    private static final int ROUNDS = Boolean.getBoolean("funnel.long") ? 3 : 1;

    private final TinyFunnel tiny;
    private final ReplicatedFunnel funnel;

    RollingRestartTest(TinyFunnel tiny) {
        this.tiny = tiny;
        this.funnel = tiny.replicated();
    }

    @Test
    void every_process_is_restarted_in_turn_and_no_request_fails() throws Exception {
        try (SteadyLoad load = tiny.load(funnel)) {
            load.awaitMore(20);
            for (int round = 0; round < ROUNDS; round++) {
                for (FunnelMember member : funnel.members()) {
                    funnel.restart(member);
                    load.awaitMore(20);
                }
            }
            load.assertNoneFailed();
            load.assertNoVersionMissed();
            System.out.println(ROUNDS + " rounds of restarts: " + load);
        }
    }
}
