package dev.funnel.cli.bench;

import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.cluster.Service;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Something that is done to the process of a stage while it is under load, by signals.
 *
 * @param stage any service but the gateway
 */
public record Chaos(What what, Service stage) {

    private static final long PAUSE_MILLIS = 2_000;
    private static final long SLICE_MILLIS = 50;

    /** What is done. */
    public enum What {
        /** Killed, and started again, with a pause before each. */
        KILL,
        /** Stopped and continued, as long the one as the other. */
        STOP,
        /** Stopped half of the time, in short turns. */
        SLOW
    }

    /** @throws IllegalArgumentException if the text is not {@code what:stage} */
    public static Chaos parse(String text) {
        for (What what : What.values()) {
            for (Service stage : Service.values()) {
                Chaos chaos = new Chaos(what, stage);
                if (stage != Service.GATEWAY && chaos.toString().equals(text)) {
                    return chaos;
                }
            }
        }
        throw new IllegalArgumentException("must be one of "
                + Arrays.toString(What.values()).toLowerCase(Locale.ROOT) + ":stage, e.g. slow:ranking");
    }

    @Override
    public String toString() {
        return what.name().toLowerCase(Locale.ROOT) + ":" + stage.label();
    }

    /** Begins, and goes on until it is ended. */
    Doing begin(LocalCluster cluster) {
        CountDownLatch ended = new CountDownLatch(1);
        CompletableFuture<Void> doing = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().name("chaos").start(() -> {
            try {
                carryOn(cluster, ended);
                doing.complete(null);
            } catch (IOException | InterruptedException | RuntimeException e) {
                doing.completeExceptionally(e);
            }
        });
        return new Doing(ended, doing, thread);
    }

    private void carryOn(LocalCluster cluster, CountDownLatch ended) throws IOException, InterruptedException {
        long pause = what == What.SLOW ? SLICE_MILLIS : PAUSE_MILLIS;
        while (!ended.await(pause, TimeUnit.MILLISECONDS)) {
            if (what == What.KILL) {
                cluster.process(stage).kill();
                var _ = ended.await(pause, TimeUnit.MILLISECONDS);
                cluster.restart(stage);
            } else {
                signal(cluster, "-STOP");
                try {
                    var _ = ended.await(pause, TimeUnit.MILLISECONDS);
                } finally {
                    signal(cluster, "-CONT");
                }
            }
        }
    }

    private void signal(LocalCluster cluster, String signal) throws IOException, InterruptedException {
        String pid = Long.toString(cluster.process(stage).handle().pid());
        var _ = new ProcessBuilder("kill", signal, pid).start().waitFor();
    }

    /** Chaos under way. */
    record Doing(CountDownLatch ended, CompletableFuture<Void> doing, Thread thread) implements AutoCloseable {

        /** Ends it, with the process running as before. */
        void end() throws IOException {
            ended.countDown();
            try {
                doing.join();
            } catch (CompletionException e) {
                throw new IOException("chaos could not be made: " + e.getCause(), e);
            }
        }

        @Override
        public void close() {
            ended.countDown();
            thread.interrupt();
        }
    }
}
