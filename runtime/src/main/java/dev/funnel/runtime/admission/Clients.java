package dev.funnel.runtime.admission;

import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.config.Names;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.error.Overloaded;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What each client may ask, by its id: a rate of calls (a token bucket, Bucket4j's) and the highest priority. A client without settings of
 * its own has a bucket of its own under those of {@value #ANYONE}; callers without an id share one.
 */
public final class Clients {
    /** Settings of clients that have none of their own. */
    public static final String ANYONE = "*";

    private final Map<String, ClientSettings> settings;
    private final Ticker ticker;
    private final AdmissionMetrics metrics;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>(); // as many as there are ids

    /**
     * @param known all ids that callers can have
     * @throws InvalidConfiguration if {@code settings} are of an id that nobody can have
     */
    public Clients(
            Map<String, ClientSettings> settings, Collection<String> known, Ticker ticker, AdmissionMetrics metrics) {
        for (String client : settings.keySet()) {
            if (!client.equals(ANYONE) && !known.contains(client)) {
                throw new InvalidConfiguration(
                        "server.clients." + client + ": no key in server.api_keys stands for it; "
                                + (known.isEmpty() ? "there are no keys" : Names.suggestion(client, known)));
            }
        }
        this.settings = Map.copyOf(settings);
        this.ticker = ticker;
        this.metrics = metrics;
    }

    /** The highest priority that calls of a client can have. */
    public Priority highest(Optional<String> client) {
        return of(client).priority();
    }

    /**
     * Counts a call against its client's quota.
     *
     * @throws Overloaded if it is used up, with the time until the next call
     */
    public void take(Optional<String> client, Priority priority) {
        ClientSettings quota = of(client);
        Integer rate = quota.rate();
        if (rate == null) {
            return;
        }
        String id = client.orElse(ANYONE);
        ConsumptionProbe taken =
                buckets.computeIfAbsent(id, name -> bucket(rate, quota.burst())).tryConsumeAndReturnRemaining(1);
        if (!taken.isConsumed()) {
            metrics.shed(priority, AdmissionMetrics.Reason.QUOTA);
            metrics.overQuota(id);
            throw Overloaded.quotaExceeded(
                    "client " + id + " has used up its quota of " + rate + " calls a second",
                    Duration.ofNanos(taken.getNanosToWaitForRefill()));
        }
    }

    private ClientSettings of(Optional<String> client) {
        ClientSettings anyone = settings.getOrDefault(ANYONE, ClientSettings.FREE);
        return client.map(id -> settings.getOrDefault(id, anyone)).orElse(anyone);
    }

    private Bucket bucket(int rate, @Nullable Integer burst) {
        return Bucket.builder()
                .addLimit(
                        limit -> limit.capacity(burst == null ? rate : burst).refillGreedy(rate, Duration.ofSeconds(1)))
                .withCustomTimePrecision(new Time(ticker))
                .build();
    }

    private record Time(Ticker ticker) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return ticker.nanos();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
