package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.error.PreconditionFailed;
import org.junit.jupiter.api.Test;

class ClickBaitTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new ClickBait("click_bait", false, 0.5);
    }

    @Test
    void what_the_model_takes_for_bait_goes() {
        Catalogue catalogue = new Catalogue(0).item("a").item("b").clickBait((items, time) -> new float[] {0.4f, 0.6f});
        Request request = new Request(catalogue).candidate("a", 1).candidate("b", 1);
        Screen screen = filter().screen(request.input());
        assertFalse(screen.removes(0));
        assertTrue(screen.removes(1));
        assertEquals("60 % of clicks on it would be left at once", screen.reason(1));
    }

    @Test
    void a_bundle_without_a_model_does_not_fit() {
        RerankInput input =
                new Request(new Catalogue(0).item("a")).candidate("a", 1).input();
        assertThrows(PreconditionFailed.class, () -> filter().screen(input));
        BundleFit fit = new BundleFit(input.snapshot());
        filter().check(fit);
        assertTrue(
                fit.problems().getFirst().contains("click-bait model"),
                fit.problems().toString());
    }
}
