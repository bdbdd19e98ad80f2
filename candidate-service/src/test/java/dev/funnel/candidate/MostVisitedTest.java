package dev.funnel.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.candidate.v1.GeneratorRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.runtime.config.InvalidConfiguration;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that may look at so many items, over a real socket. */
class MostVisitedTest {
    @TempDir
    private Path root;

    private CandidateProcess serving(String most) throws Exception {
        return CandidateProcess.over(
                root,
                Map.of(
                        "FUNNEL_GENERATORS",
                        "[{name: als, kind: factorization, index: hnswlib, max_visited: " + most + "}]"));
    }

    @Test
    void a_search_that_looked_at_as_many_as_it_may_brings_what_it_had_and_says_why() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)));
                CandidateProcess service = serving("5")) {
            RetrieveResponse response = service.stub()
                    .retrieve(Requests.known(bundle, 5)
                            .addGenerators(
                                    GeneratorRequest.newBuilder().setName("als").setLimit(3))
                            .build());
            assertEquals(3, response.getOutcomes(0).getReturned());
            assertFalse(response.getOutcomes(0).getExact());
            assertEquals(1, response.getDegradationsCount());
            assertEquals(
                    DegradationKind.DEGRADATION_KIND_REDUCED_EFFORT,
                    response.getDegradations(0).getKind());
            assertEquals("als", response.getDegradations(0).getComponent());
            assertEquals(
                    "its search was cut off by max_visited, 5 items",
                    response.getDegradations(0).getCause());
        }
    }

    @Test
    void a_search_that_need_not_look_at_so_many_is_as_without() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)));
                CandidateProcess service = serving("100000")) {
            RetrieveResponse response =
                    service.stub().retrieve(Requests.known(bundle, 5).build());
            assertEquals(0, response.getDegradationsCount(), response::toString);
        }
    }

    @Test
    void to_look_at_nothing_is_refused_by_name() {
        InvalidConfiguration refused = assertThrows(InvalidConfiguration.class, () -> serving("0"));
        String said = String.valueOf(refused.getMessage());
        assertTrue(said.contains("generators[0]: max_visited: 0 must be between 1 and"), said);
    }
}
