package dev.funnel.runtime.process;

import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.grpc.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The life of a serving process: reads its configuration, prints what is in effect, starts the service, and on SIGTERM drains it
 * and ends. Standard output carries the lines of {@link Readiness}; the log goes to standard error.
 *
 * <p>Exit codes: {@value #STOPPED} stopped when asked, {@value #FAILED} could not start, {@value #MISCONFIGURED} the command line
 * or the configuration is wrong. The last two print one line that says what to change.
 */
public final class ServiceMain {
    public static final int STOPPED = 0;
    public static final int FAILED = 1;
    public static final int MISCONFIGURED = 2;

    private static final String LOG_FORMAT = "FUNNEL_LOG_FORMAT";
    private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);

    private ServiceMain() {}

    /**
     * Starts a service; what it returns is closed when the process is to end, and drains first.
     *
     * @param <C> the service's configuration
     */
    @FunctionalInterface
    public interface Wiring<C> {
        AutoCloseable start(C configuration, Readiness readiness);
    }

    /** As {@link Wiring}, for a service that goes on reading its configuration file. */
    @FunctionalInterface
    public interface FileWiring<C> {
        AutoCloseable start(C configuration, Path file, Readiness readiness);
    }

    /** Runs the service until the process is told to end. It does not return. */
    public static <C extends Record> void run(String service, String[] args, Class<C> type, Wiring<C> wiring) {
        runWithFile(service, args, type, (configuration, file, readiness) -> wiring.start(configuration, readiness));
    }

    /** As {@link #run}, and tells the service where its configuration file is. */
    public static <C extends Record> void runWithFile(
            String service, String[] args, Class<C> type, FileWiring<C> wiring) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install(); // gRPC logs through java.util.logging
        LargeAllocations.mapEach();
        try {
            checkLogFormat(System.getenv());
            Arguments arguments = Arguments.parse(args);
            // looked up before anybody is told that this process is there: when the parent has gone, another is in its
            // place
            Optional<ProcessHandle> parent =
                    arguments.exitWithParent() ? ProcessHandle.current().parent() : Optional.empty();
            C configuration = ConfigurationFile.load(type, arguments.configuration(), System.getenv());
            LOG.info("{} configuration in effect:\n{}", service, ConfigurationFile.describe(configuration));
            AutoCloseable running =
                    wiring.start(configuration, arguments.configuration(), new Readiness(service, System.out));
            stopOnSignal(service, running);
            parent.ifPresent(ServiceMain::exitWith);
        } catch (InvalidConfiguration e) {
            exit(service, MISCONFIGURED, e, null);
        } catch (StartFailure e) {
            exit(service, FAILED, e, null);
        } catch (RuntimeException e) {
            exit(service, FAILED, e, e);
        }
        awaitEnd();
    }

    /** With a format that there is not, nothing would be logged. */
    private static void checkLogFormat(Map<String, String> environment) {
        String format = environment.getOrDefault(LOG_FORMAT, "text");
        if (!List.of("text", "json").contains(format)) {
            throw new InvalidConfiguration(LOG_FORMAT + ": \"" + format + "\" must be text or json");
        }
    }

    private static void stopOnSignal(String service, AutoCloseable running) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            LOG.info("{} stops: draining", service);
            try {
                running.close();
                LOG.info("{} is stopped", service);
            } catch (Exception e) {
                LOG.error("{} did not stop cleanly", service, e);
            }
            Runtime.getRuntime().halt(STOPPED); // asked to stop and stopped: not 128 + the signal
        }));
    }

    private static void exitWith(ProcessHandle parent) {
        var _ = parent.onExit().thenRun(() -> System.exit(STOPPED));
    }

    private static void exit(String service, int code, RuntimeException failure, @Nullable Throwable shown) {
        if (shown != null) {
            LOG.error("{} cannot start", service, shown);
        }
        System.err.println(service + " cannot start: " + failure.getMessage());
        System.exit(code);
    }

    private static void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            System.exit(STOPPED);
        }
    }
}
