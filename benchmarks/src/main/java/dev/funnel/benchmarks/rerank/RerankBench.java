package dev.funnel.benchmarks.rerank;

import dev.funnel.benchmarks.serve.Percentiles;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.reranker.rerank.Reranked;
import dev.funnel.reranker.rerank.Reranker;
import dev.funnel.reranker.rerank.SlateRequest;
import dev.funnel.reranker.rule.Policy;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.deadline.Ticker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long does one thread take to turn N candidates into a slate by a policy, as a whole and rule by rule, and what does it
 * allocate? Data: {@link SyntheticPool}. Command: {@code funnel bench rerank --candidates N --slate K --policy FILE --json}.
 *
 * <p>The total is measured without explanations. Times of single rules are those that an explained request reports, measured in
 * turn with the others; an explained request also keeps every step, so they add up to a little more.
 */
public final class RerankBench {
    private static final int WARM_UP = 3_000;
    private static final int ROUNDS = 2_000;
    private static final int REQUESTS = 64;
    private static final long SEED = 11;
    private static final Duration TIME_ENOUGH = Duration.ofMinutes(10);

    private final Policy policy;
    private final int candidates;
    private final int slate;
    private final Reranker reranker = new Reranker(Ticker.SYSTEM);

    /**
     * What was measured.
     *
     * @param total of a request without explanations
     * @param explained of a request with them
     * @param rules by the rule's identifier; "slate" is all slate rules together
     * @param bytes that a request without explanations allocates
     * @param explainedBytes that one with them allocates
     */
    public record Result(
            Percentiles total,
            Percentiles explained,
            Map<String, Percentiles> rules,
            long bytes,
            long explainedBytes) {}

    public RerankBench(Policy policy, int candidates, int slate) {
        this.policy = policy;
        this.candidates = candidates;
        this.slate = slate;
    }

    /** Measures; {@code folder} is for scratch files. */
    public Result run(Path folder) throws IOException, BundleRefusedException {
        SyntheticPool pool = new SyntheticPool(folder, SEED);
        List<RerankInput> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(pool.request(candidates));
        }
        Deadline deadline = Deadline.after(TIME_ENOUGH);
        SlateRequest plain = new SlateRequest(slate, List.of(), List.of(), false);
        SlateRequest explain = new SlateRequest(slate, List.of(), List.of(), true);
        for (int i = 0; i < WARM_UP; i++) {
            SlateRequest asked = i % 4 == 3 ? explain : plain;
            var _ = reranker.rerank(policy, requests.get(i % REQUESTS), asked, deadline);
        }
        return measure(requests, plain, explain, deadline);
    }

    private Result measure(List<RerankInput> requests, SlateRequest plain, SlateRequest explain, Deadline deadline) {
        long[] total = new long[ROUNDS];
        long[] explained = new long[ROUNDS];
        Map<String, long[]> rules = new LinkedHashMap<>();
        long bytes = 0;
        long explainedBytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            RerankInput request = requests.get(round % REQUESTS);
            long allocated = allocated();
            long begun = System.nanoTime();
            var _ = reranker.rerank(policy, request, plain, deadline);
            total[round] = System.nanoTime() - begun;
            bytes += allocated() - allocated;
            allocated = allocated();
            begun = System.nanoTime();
            Reranked reranked = reranker.rerank(policy, request, explain, deadline);
            explained[round] = System.nanoTime() - begun;
            explainedBytes += allocated() - allocated;
            int at = round;
            reranked.parts()
                    .forEach(part -> rules.computeIfAbsent(part.component(), name -> new long[ROUNDS])[at] =
                            part.elapsed().toNanos());
        }
        Map<String, Percentiles> byRule = new LinkedHashMap<>();
        rules.forEach((name, nanos) -> byRule.put(name, Percentiles.of(nanos)));
        return new Result(
                Percentiles.of(total), Percentiles.of(explained), byRule, bytes / ROUNDS, explainedBytes / ROUNDS);
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
