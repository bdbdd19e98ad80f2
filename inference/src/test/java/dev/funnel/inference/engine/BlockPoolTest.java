package dev.funnel.inference.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.testing.SmallRanker;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BlockPoolTest {

    private final AtomicInteger made = new AtomicInteger();
    private final BlockPool pool = new BlockPool(() -> {
        made.incrementAndGet();
        return FeatureBlocks.rowPerRequest(SmallRanker.schema(), 1);
    });

    @Test
    void blocks_of_work_that_fails_are_lent_again() {
        for (int call = 0; call < 5; call++) {
            assertThrows(
                    IllegalStateException.class,
                    () -> pool.lend(blocks -> {
                        throw new IllegalStateException("a forward pass that fails");
                    }));
        }
        assertEquals(1, made.get());
    }

    @Test
    void two_at_once_do_not_share_blocks() {
        pool.lend(first -> pool.lend(second -> assertEquals(2, made.get())));
        pool.lend(first -> pool.lend(second -> assertEquals(2, made.get())));
    }
}
