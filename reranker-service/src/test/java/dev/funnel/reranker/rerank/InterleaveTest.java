package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.Interleave;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterleaveTest extends SlateRuleContractTest {
    @Override
    SlateRule rule() {
        return new Interleave("interleave", Map.of("score", 1.0), Map.of("watch_time", 1.0), 1000);
    }

    @Test
    void each_ranking_has_its_turn_in_every_two_places_and_takes_its_best() {
        int aFirst = 0;
        for (long seed = 0; seed < 400; seed++) {
            Slate slate = Slate.fill(List.of(rule()), twoRankings(seed), false, FAR);
            List<String> teams = List.of(slate.team(slate.rank(0)), slate.team(slate.rank(1)));
            assertTrue(teams.contains("a") && teams.contains("b"), teams.toString());
            assertEquals(
                    teams.getFirst().equals("a") ? List.of("w", "z") : List.of("z", "w"),
                    ids(slate).subList(0, 2));
            aFirst += teams.getFirst().equals("a") ? 1 : 0;
        }
        assertEquals(200, aFirst, 40);
    }

    /** Scores rank w x y z, watch times z y x w. */
    private static Shortlist twoRankings(long seed) {
        Catalogue catalogue = new Catalogue(0).item("w").item("x").item("y").item("z");
        Request request = new Request(catalogue).seed(seed);
        for (int i = 0; i < 4; i++) {
            request.candidate(catalogue.ids().get(i), 4 - i)
                    .head("watch_time", catalogue.ids().get(i), i);
        }
        return shortlist(request.input());
    }
}
