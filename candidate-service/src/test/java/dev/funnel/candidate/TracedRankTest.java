package dev.funnel.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.candidate.v1.GeneratorRequest;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.ItemTrace;
import dev.funnel.proto.common.v1.Nomination;
import dev.funnel.proto.common.v1.TraceVerdict;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rank that a trace tells is the place at which the item would have been nominated, had the limit been higher. */
class TracedRankTest {
    private static final int LIMIT = 5;

    @TempDir
    private Path root;

    private static RetrieveRequest asking(Bundle bundle, String generator, int limit) {
        RetrieveRequest.Builder request = Requests.known(bundle, 5)
                .addGenerators(GeneratorRequest.newBuilder().setName(generator).setLimit(limit));
        request.getQueryBuilder().addExcludeItemIds(SmallBundle.item(3)).addExcludeItemIds(SmallBundle.item(30));
        IntStream.range(0, SmallBundle.ITEMS).mapToObj(SmallBundle::item).forEach(request::addTraceItemIds);
        return request.build();
    }

    private static List<String> bestFirst(RetrieveResponse response) {
        Nomination nomination = response.getCandidates().getNominations(0);
        return nomination.getPositionsList().stream()
                .map(position -> response.getCandidates().getItemIds(position))
                .toList();
    }

    @Test
    void it_is_the_place_in_the_whole_ranking_without_what_rules_keep_out() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)));
                CandidateProcess service = CandidateProcess.over(root)) {
            List<String> all = bestFirst(service.stub().retrieve(asking(bundle, "als", SmallBundle.ITEMS)));
            Set<String> told = new HashSet<>();
            for (ItemTrace trace :
                    service.stub().retrieve(asking(bundle, "als", LIMIT)).getTracesList()) {
                if (trace.getVerdict() == TraceVerdict.TRACE_VERDICT_NOT_NOMINATED) {
                    int place = all.indexOf(trace.getItemId()) + 1;
                    String begin = "als: rank " + place + " of " + SmallBundle.ITEMS + ",";
                    assertTrue(trace.getDetail().startsWith(begin), () -> begin + " was: " + trace.getDetail());
                    told.add(trace.getItemId());
                }
            }
            assertEquals(new HashSet<>(all.subList(LIMIT, all.size())), told);
        }
    }
}
