package dev.funnel.reranker.rerank;

import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.error.Refusal;
import dev.funnel.runtime.wire.BundleRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the file that policies are written in, and when it has changed reads them anew, checks them against every bundle
 * version that is held, and makes them serve. Policies that are refused are told of, and those before serve on.
 */
public final class PolicyWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyWatcher.class);

    private final Path file;
    private final Supplier<PolicySet> reading;
    private final Policies policies;
    private final Snapshots<RerankerSnapshot> snapshots;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("policy-watcher").factory());
    private String seen;

    /**
     * @param reading reads the file's policies; throws {@link InvalidConfiguration} naming file and line
     */
    public PolicyWatcher(
            Path file, Supplier<PolicySet> reading, Policies policies, Snapshots<RerankerSnapshot> snapshots) {
        this.file = file;
        this.reading = reading;
        this.policies = policies;
        this.snapshots = snapshots;
        this.seen = content();
    }

    /** Looks every {@code poll} from now on. */
    public void start(Duration poll) {
        var _ = thread.scheduleWithFixedDelay(this::look, poll.toNanos(), poll.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Looks once. */
    synchronized void look() {
        String now = content();
        if (now.isEmpty() || now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            PolicySet read = reading.get();
            List<String> problems = problems(read);
            if (problems.isEmpty()) {
                policies.replace(read);
                LOG.info(
                        "policies of {} serve: {}",
                        file,
                        read.all().stream().map(NamedPolicy::name).toList());
            } else {
                refuse(String.join("; ", problems));
            }
        } catch (InvalidConfiguration e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void refuse(String why) {
        policies.refuse(why);
        LOG.warn("the policies of {} are refused, those before serve on: {}", file, why);
    }

    private List<String> problems(PolicySet read) {
        return snapshots.held().stream()
                .flatMap(version -> {
                    try (Lease<RerankerSnapshot> lease = snapshots.lease(new BundleRef("", version.value()))) {
                        return read.problems(lease.snapshot()).stream();
                    } catch (Refusal e) {
                        return Stream.empty(); // retired since
                    }
                })
                .distinct()
                .toList();
    }

    /** The file's text; empty while it cannot be read, e.g. because it is being replaced. */
    private String content() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
