package dev.funnel.candidate.retrieve;

import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.GeneratorSettings;
import dev.funnel.candidate.generate.Search;
import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.ItemFilter;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.grpc.VirtualThreads;
import dev.funnel.runtime.telemetry.SparseLines;
import dev.funnel.runtime.wire.DegradationKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Asks generators in parallel, each within its own slice of the deadline and behind its own {@link Bulkhead}, and brings back what
 * came of each: one that is late or fails is an answer like any other.
 */
final class Panel implements AutoCloseable {
    private final ArithmeticPool arithmetic;
    private final Map<String, GeneratorSettings> settings = new HashMap<>();
    private final Map<String, Bulkhead> bulkheads = new ConcurrentHashMap<>();
    private final VirtualThreads waiting = new VirtualThreads();

    private final GeneratorMetrics metrics;
    private final RecallSample recall;
    private final SparseLines lines = new SparseLines(LoggerFactory.getLogger(Panel.class));

    Panel(
            ArithmeticPool arithmetic,
            List<GeneratorSettings> configured,
            GeneratorMetrics metrics,
            RecallSample recall) {
        this.arithmetic = arithmetic;
        this.metrics = metrics;
        this.recall = recall;
        configured.forEach(each -> settings.put(each.name(), each));
    }

    /** The answers, in the order asked; all are in by the deadline. */
    List<Answer> ask(Lease<CandidateSnapshot> lease, List<GeneratorAsk> asks, Inquiry inquiry, Deadline deadline) {
        List<Supplier<Answer>> asked = new ArrayList<>();
        for (GeneratorAsk ask : asks) {
            asked.add(begun(lease, ask, inquiry, deadline));
        }
        return asked.stream().map(each -> seen(lease, inquiry, each.get())).toList();
    }

    @Override
    public void close() {
        waiting.close();
    }

    private Answer seen(Lease<CandidateSnapshot> lease, Inquiry inquiry, Answer answer) {
        metrics.count(answer);
        if (answer instanceof Answer.Found found) {
            recall.saw(lease, found, inquiry.filterOf(found.generator()));
        }
        return answer;
    }

    /** Begins to ask one; what is returned waits for its answer. */
    private Supplier<Answer> begun(
            Lease<CandidateSnapshot> lease, GeneratorAsk ask, Inquiry inquiry, Deadline deadline) {
        Generator generator = lease.snapshot().generator(ask.name()).orElse(null);
        if (generator == null) {
            Answer missing = missing(lease, ask.name());
            return () -> missing;
        }
        Deadline slice = slice(ask.name(), deadline);
        int limit = limit(generator, ask, inquiry.effort());
        SearchLimit searchLimit = new SearchLimit(slice.nanos(), inquiry.effort(), mostVisited(ask.name()));
        Lease<CandidateSnapshot> hold = lease.share(); // the search may outlast the request
        Callable<Answer> search = () -> search(generator, inquiry, limit, searchLimit);
        try {
            Supplier<Answer> answer = bulkhead(ask.name()).begin(arithmetic, waiting, slice, search, hold::close);
            return () -> answered(ask.name(), answer);
        } catch (Overloaded e) {
            Answer shed = lost(ask.name(), GeneratorStatus.FAILED, DegradationKind.SHED, e);
            return () -> shed;
        }
    }

    private Answer answered(String name, Supplier<Answer> answer) {
        try {
            return answer.get();
        } catch (DeadlinePassed e) {
            return lost(name, GeneratorStatus.LATE, DegradationKind.LATE, e);
        } catch (Overloaded e) {
            return lost(name, GeneratorStatus.FAILED, DegradationKind.SHED, e);
        } catch (RuntimeException e) {
            lines.error(name + " " + e.getClass().getName(), "generator " + name + " failed", e);
            return lost(name, GeneratorStatus.FAILED, DegradationKind.FAILED, e);
        }
    }

    private static Answer search(Generator generator, Inquiry inquiry, int limit, SearchLimit searchLimit) {
        long begun = System.nanoTime();
        Search search = generator.search(inquiry.question()).orElse(null);
        if (search == null) {
            return new Answer.NotApplicable(generator.name());
        }
        ItemFilter filter = inquiry.filterOf(generator);
        Search.Part part = inquiry.partial()
                ? search.part(limit, filter, searchLimit)
                : new Search.Part(search.best(limit, filter, searchLimit), Hits.NONE);
        long ended = System.nanoTime();
        boolean bounded = searchLimit.mostVisited() < Integer.MAX_VALUE && searchLimit.nanosLeft(ended) > 0;
        if (!part.hits().complete() && part.hits().size() == 0 && !bounded) {
            throw new DeadlinePassed("nothing was found in its slice of the deadline");
        }
        String cutOff = part.hits().complete()
                ? ""
                : bounded ? "max_visited, " + searchLimit.mostVisited() + " items" : "its deadline";
        return new Answer.Found(
                generator, search, part.hits(), part.second(), limit, Duration.ofNanos(ended - begun), cutOff);
    }

    private int mostVisited(String generator) {
        GeneratorSettings configured = settings.get(generator);
        Integer most = configured == null ? null : configured.maxVisited();
        return most == null ? Integer.MAX_VALUE : most;
    }

    private static int limit(Generator generator, GeneratorAsk ask, float effort) {
        int full = ask.limit() == 0 ? generator.entry().defaultLimit() : ask.limit();
        return Math.max(1, Math.round(full * effort));
    }

    private Deadline slice(String generator, Deadline deadline) {
        GeneratorSettings configured = settings.get(generator);
        Duration slice = configured == null ? null : configured.slice();
        return slice == null ? deadline : deadline.atMost(slice);
    }

    private Bulkhead bulkhead(String generator) {
        return bulkheads.computeIfAbsent(generator, name -> new Bulkhead(name, places(name)));
    }

    private int places(String generator) {
        GeneratorSettings configured = settings.get(generator);
        return configured == null || configured.places() == 0
                ? Math.max(1, arithmetic.size() - 1)
                : configured.places();
    }

    private static Answer missing(Lease<CandidateSnapshot> lease, String name) {
        List<String> known =
                lease.snapshot().generators().stream().map(Generator::name).toList();
        return new Answer.Lost(
                name,
                GeneratorStatus.UNKNOWN,
                DegradationKind.GENERATOR_MISSING,
                "bundle " + lease.bundle() + " has no such generator; it has " + String.join(", ", known));
    }

    private static Answer lost(String name, GeneratorStatus status, DegradationKind kind, RuntimeException cause) {
        return new Answer.Lost(name, status, kind, String.valueOf(cause.getMessage()));
    }
}
