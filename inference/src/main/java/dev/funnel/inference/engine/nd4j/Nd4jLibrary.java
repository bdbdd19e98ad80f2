package dev.funnel.inference.engine.nd4j;

import dev.funnel.inference.engine.EngineRefusedException;
import java.time.Duration;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ND4J's native library in this process: started by the first engine that wants it, held to one thread a call. Starting takes a
 * second or so, and some more the first time on a machine, when JavaCPP unpacks the libraries into its cache.
 */
final class Nd4jLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(Nd4jLibrary.class);

    private Nd4jLibrary() {}

    /** Starts it, or says why it cannot be: no library for this platform, no place to unpack it. */
    static synchronized void start() throws EngineRefusedException {
        try {
            Holder.touch();
        } catch (LinkageError | RuntimeException e) {
            throw new EngineRefusedException(
                    "ND4J has no native library that runs on %s %s (%s)"
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), rootOf(e)),
                    e);
        }
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Its version, of the jar it is in. */
    static String version() {
        String version = Nd4j.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }

    /** Started once, by class loading; a failure stays a failure. */
    private static final class Holder {
        static {
            long start = System.nanoTime();
            // JavaCPP would count the bundle's mapped files as memory used and refuse to allocate; what is allocated
            // here is bounded.
            setUnlessSet("org.bytedeco.javacpp.maxphysicalbytes", "0");
            setUnlessSet("org.bytedeco.javacpp.maxbytes", "0");
            Nd4j.getEnvironment().setMaxThreads(1);
            Nd4j.getEnvironment().setMaxMasterThreads(1);
            Nd4j.factory().blas().setMaxThreads(1);
            LOG.info(
                    "ND4J started in {} ms",
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }

        private static void setUnlessSet(String property, String value) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        }

        static void touch() {}
    }
}
