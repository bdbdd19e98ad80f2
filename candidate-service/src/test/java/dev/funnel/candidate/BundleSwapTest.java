package dev.funnel.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.admin.v1.BundleState;
import dev.funnel.proto.admin.v1.BundleStatus;
import dev.funnel.proto.admin.v1.ListBundlesRequest;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.runtime.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New versions take over without one failed or mixed answer. */
class BundleSwapTest {
    @TempDir
    private Path root;

    @Test
    void versions_change_under_load_without_a_failed_request() throws Exception {
        BundleVersion first = SmallBundle.publish(root, 1);
        try (CandidateProcess service = CandidateProcess.over(root)) {
            Set<String> seen = ConcurrentHashMap.newKeySet();
            Set<Throwable> failures = ConcurrentHashMap.newKeySet();
            AtomicBoolean stop = new AtomicBoolean();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                callers.add(Thread.ofVirtual().start(() -> call(service, stop, seen, failures)));
            }
            Await.until("the first version answers", () -> seen.contains(first.value()) || !failures.isEmpty());
            BundleVersion last = first;
            for (int seed = 2; seed <= 4; seed++) {
                last = SmallBundle.publish(root, seed);
                service.lookForBundles();
            }
            Await.until("another one answers", () -> seen.size() > 1 || !failures.isEmpty());
            RetrieveResponse newest = service.stub().retrieve(Requests.visitor().build());
            stop.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
            assertEquals(Set.of(), failures);
            assertEquals(last.value(), newest.getBundle().getVersion());
            assertTrue(seen.contains(first.value()) && seen.size() > 1, seen::toString);
        }
    }

    private static void call(CandidateProcess service, AtomicBoolean stop, Set<String> seen, Set<Throwable> failures) {
        try {
            var stub = service.stub();
            while (!stop.get()) {
                seen.add(stub.retrieve(Requests.stranger(SmallBundle.item(2), SmallBundle.item(7))
                                .build())
                        .getBundle()
                        .getVersion());
            }
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    @Test
    void a_request_may_name_the_version_before() throws Exception {
        BundleVersion first = SmallBundle.publish(root, 1);
        BundleVersion second = SmallBundle.publish(root, 2);
        try (CandidateProcess service = CandidateProcess.over(root)) {
            for (BundleVersion version : List.of(first, second)) {
                RetrieveRequest.Builder request = Requests.visitor();
                request.getBundleBuilder().setVersion(version.value());
                assertEquals(
                        version.value(),
                        service.stub().retrieve(request.build()).getBundle().getVersion());
            }
        }
    }

    @Test
    void a_damaged_version_is_refused_with_the_reason_and_the_old_one_serves_on() throws Exception {
        BundleVersion good = SmallBundle.publish(root, 1);
        try (CandidateProcess service = CandidateProcess.over(root)) {
            BundleVersion bad = SmallBundle.publish(root, 2);
            Path file = SmallBundle.directory(root, bad).resolve("generators/als.safetensors");
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            service.lookForBundles();
            BundleStatus refused = service.admin()
                    .listBundles(ListBundlesRequest.getDefaultInstance())
                    .getBundles(0);
            assertEquals(BundleState.BUNDLE_STATE_REFUSED, refused.getState());
            assertTrue(refused.getCause().startsWith("generators/als.safetensors: "), refused.getCause());
            assertEquals(
                    good.value(),
                    service.stub()
                            .retrieve(Requests.visitor().build())
                            .getBundle()
                            .getVersion());
        }
    }
}
