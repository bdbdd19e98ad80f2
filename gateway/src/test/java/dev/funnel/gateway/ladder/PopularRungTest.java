package dev.funnel.gateway.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.PopularSlates;
import dev.funnel.bundle.PopularSlates.Slate;
import dev.funnel.bundle.testing.SmallBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PopularRungTest {
    private static final PopularRung RUNG = new PopularRung(new PopularSlates(Map.of(
            PopularSlates.OVERALL,
            slate(0),
            PopularSlates.country("CH"),
            slate(1),
            PopularSlates.language("de"),
            slate(2),
            PopularSlates.category("news"),
            slate(3))));

    @Test
    void the_slates_nearest_to_a_person_come_first_and_the_one_for_everybody_last() {
        assertEquals(List.of(3, 1, 2, 0), firstItems(RUNG.suiting("CH", "de", List.of("news", "unheard-of"))));
        assertEquals(List.of(1, 0), firstItems(RUNG.suiting("CH", "", List.of())));
        assertEquals(List.of(0), firstItems(RUNG.suiting("XX", "xx", List.of())));
    }

    @Test
    void of_an_older_bundle_the_list_of_its_generator_popular_is_the_one_slate(@TempDir Path folder) throws Exception {
        BundleVersion version = SmallBundle.publish(folder);
        try (Bundle bundle = Bundle.open(SmallBundle.directory(folder, version))) {
            List<Slate> slates = PopularRung.of(bundle).suiting("CH", "de", List.of("topic-1"));
            assertEquals(1, slates.size());
            assertTrue(slates.getFirst().items().length > 20);
        }
    }

    private static List<Integer> firstItems(List<Slate> slates) {
        return slates.stream().map(slate -> slate.items()[0]).toList();
    }

    private static Slate slate(int item) {
        return new Slate(new int[] {item}, new float[] {1});
    }
}
