package dev.funnel.runtime.admission;

import com.netflix.concurrency.limits.Limit;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.telemetry.Metrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/**
 * A process behind a {@link Gate}, in simulated time: two threads, work of 8 ms on average (log-normal), first come first served, callers
 * who come independently of each other (Poisson) and give up after 300 ms. Work given up while it waits is not begun; work begun is ended
 * in vain.
 */
final class SimulatedServer {
    static final double CAPACITY_PER_SECOND = 2 / 0.008;

    private static final int THREADS = 2;
    private static final double MEAN_SECONDS = 0.008;
    private static final double SPREAD = 0.8;
    private static final long DEADLINE_NANOS = Duration.ofMillis(300).toNanos();

    private final Random random;
    private final Gate gate;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::at));
    private final Queue<Call> waiting = new ArrayDeque<>();
    private long now;
    private int busy;

    SimulatedServer(AdmissionSettings settings, Limit limit, long seed) {
        this.random = new Random(seed);
        this.gate = new Gate(settings, limit, () -> now, new AdmissionMetrics(Metrics.off()));
    }

    /**
     * What callers saw over a time.
     *
     * @param latencyNanos of calls answered in time
     */
    record Seen(Duration time, int came, int shed, List<Long> latencyNanos, int limit) {
        /** Calls answered in time, of those that the process can bear. */
        double good() {
            return latencyNanos.size() / (time.toSeconds() * CAPACITY_PER_SECOND);
        }

        double shedShare() {
            return shed / (double) came;
        }

        long percentileMillis(int percent) {
            List<Long> sorted = latencyNanos.stream().sorted().toList();
            return sorted.isEmpty() ? -1 : sorted.get((sorted.size() - 1) * percent / 100) / 1_000_000;
        }
    }

    private record Call(long came, Gate.Place place, Tally tally) {}

    private record Event(long at, Runnable run) {}

    /** Lets interactive callers come at a rate, a part of what the process can bear, for a time. */
    Seen load(double ofCapacity, Duration time) {
        return Objects.requireNonNull(
                load(Map.of(Priority.INTERACTIVE, ofCapacity), time).get(Priority.INTERACTIVE));
    }

    /** Lets callers of several priorities come, each at its rate. */
    Map<Priority, Seen> load(Map<Priority, Double> ofCapacity, Duration time) {
        long end = now + time.toNanos();
        Map<Priority, Tally> tallies = new EnumMap<>(Priority.class);
        ofCapacity.forEach((priority, part) -> {
            Tally tally = new Tally();
            tallies.put(priority, tally);
            nextCaller(part * CAPACITY_PER_SECOND, end, priority, tally);
        });
        while (!events.isEmpty() && events.peek().at <= end) {
            Event next = events.remove();
            now = next.at;
            next.run.run();
        }
        now = end;
        Map<Priority, Seen> seen = new EnumMap<>(Priority.class);
        tallies.forEach((priority, tally) ->
                seen.put(priority, new Seen(time, tally.came, tally.shed, List.copyOf(tally.latencies), gate.limit())));
        return seen;
    }

    private void nextCaller(double perSecond, long end, Priority priority, Tally tally) {
        long at = now + (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
        if (at <= end) {
            events.add(new Event(at, () -> {
                arrive(priority, tally);
                nextCaller(perSecond, end, priority, tally);
            }));
        }
    }

    private void arrive(Priority priority, Tally tally) {
        tally.came++;
        try {
            Call call = new Call(now, gate.enter(priority), tally);
            waiting.add(call);
            begin();
        } catch (Overloaded shed) {
            tally.shed++;
        }
    }

    private void begin() {
        while (busy < THREADS && !waiting.isEmpty()) {
            Call call = waiting.remove();
            if (now - call.came >= DEADLINE_NANOS) {
                call.place.leaveMeasured();
            } else {
                busy++;
                events.add(new Event(now + workNanos(), () -> end(call)));
            }
        }
    }

    private void end(Call call) {
        busy--;
        call.place.leaveMeasured();
        if (now - call.came <= DEADLINE_NANOS) {
            call.tally.latencies.add(now - call.came);
        }
        begin();
    }

    private long workNanos() {
        double mean = MEAN_SECONDS / Math.exp(SPREAD * SPREAD / 2);
        return (long) (mean * Math.exp(SPREAD * random.nextGaussian()) * 1e9);
    }

    private static final class Tally {
        private int came;
        private int shed;
        private final List<Long> latencies = new ArrayList<>();
    }
}
