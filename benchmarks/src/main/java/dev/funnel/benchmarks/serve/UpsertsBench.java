package dev.funnel.benchmarks.serve;

import com.google.protobuf.Timestamp;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc.CandidateServiceBlockingStub;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.common.v1.TraceVerdict;
import dev.funnel.proto.gateway.v1.Item;
import dev.funnel.proto.gateway.v1.ItemChangeResult;
import dev.funnel.proto.gateway.v1.ItemServiceGrpc;
import dev.funnel.proto.gateway.v1.ItemServiceGrpc.ItemServiceBlockingStub;
import dev.funnel.proto.gateway.v1.UpsertItemsRequest;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does search stay fast while items change, and does every acknowledged item show a second later?
 *
 * <p>Items come with vectors ({@link UpsertedItems}), so that searches go through all that came.
 *
 * <p>A gateway with an item log and two candidate services that follow it, on loopback sockets. One caller searches one of them, one call
 * after the other: first in quiet, then while another caller upserts new items at a fixed rate (open loop: late batches are sent at once).
 * A third asks both services for each acknowledged item, one second after its acknowledgement: an item that either does not know is
 * missing. Warming up is done under change too, so that neither part measures the compiler, and both search what came by then.
 *
 * @param generators limit by generator of each search
 * @param ratePerSecond items upserted a second
 * @param warmUpSeconds of searching under change before anything is counted
 * @param seconds of each part: quiet, under change
 */
public record UpsertsBench(Map<String, Integer> generators, int ratePerSecond, double warmUpSeconds, double seconds) {

    private static final long NANOS = 1_000_000_000L;
    private static final int BATCHES_PER_SECOND = 20;
    private static final long VISIBLE_WITHIN_NANOS = NANOS;
    private static final int MOST_TRACED = 100;
    private static final int MOST_CALLS = 1_000_000;
    private static final long CALL_SECONDS = 10;

    /**
     * What was measured.
     *
     * @param items in the bundle
     * @param upserted acknowledged items
     * @param lateBatches batches that were sent after the next one was due: the load was not what was asked for
     * @param checked questions whether an item shows, asked of both services
     * @param missing how many of them were answered no
     * @param quiet time of a search with nothing going on
     * @param changing time of a search during the upserts
     * @param liveShare share of the items found during the upserts that had come by them
     */
    public record Result(
            int items,
            int upserted,
            int lateBatches,
            int checked,
            int missing,
            Percentiles quiet,
            Percentiles changing,
            double liveShare) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Searched(long[] nanos, double liveShare) {}

    private record Acknowledged(List<String> itemIds, long nanos) {}

    /** Serves the newest bundle of a name under a root, and measures. */
    public Result run(Path root, String name, Path scratch, Progress progress)
            throws IOException, BundleRefusedException, InterruptedException {
        BundleStore store = new BundleStore(root, name);
        try (Bundle bundle = Bundle.open(store.path(store.newest().orElseThrow()));
                ItemSite site = ItemSite.start(root, name, scratch)) {
            List<RetrieveRequest> requests = RetrieveRequests.of(bundle, generators);
            CandidateServiceBlockingStub searched = CandidateServiceGrpc.newBlockingStub(site.candidate(0));
            Timestamp now = requests.getFirst().getQuery().getContext().getTime();
            UpsertedItems items = UpsertedItems.like(bundle, generators.keySet(), now);
            progress.advance("warming up", 0);
            int first =
                    changing(site, searched, requests, items, 0, warmUpSeconds).upserted();
            progress.advance("searching in quiet", .3);
            long[] quiet =
                    search(searched, requests, seconds, new CountDownLatch(1)).nanos();
            progress.advance("searching during upserts", .6);
            Changing changing = changing(site, searched, requests, items, first, seconds);
            return new Result(
                    items.size(),
                    changing.upserted(),
                    changing.late(),
                    changing.checked(),
                    changing.missing(),
                    Percentiles.of(quiet),
                    Percentiles.of(changing.searched().nanos()),
                    changing.searched().liveShare());
        }
    }

    private record Upserted(int items, int late) {}

    private record Checked(int items, int missing) {}

    private record Changing(int upserted, int late, int checked, int missing, Searched searched) {}

    /** Searches while items come, the first of them with a given number. */
    private Changing changing(
            ItemSite site,
            CandidateServiceBlockingStub stub,
            List<RetrieveRequest> requests,
            UpsertedItems items,
            int first,
            double length)
            throws InterruptedException {
        Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
        CountDownLatch upsertsEnded = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Upserted> upserts = callers.submit(() -> {
                try {
                    return upsert(ItemServiceGrpc.newBlockingStub(site.gateway()), items, first, length, acknowledged);
                } finally {
                    upsertsEnded.countDown();
                }
            });
            Future<Checked> checks = callers.submit(() -> check(site, requests.getFirst(), acknowledged, upsertsEnded));
            Searched searched = search(stub, requests, length, upsertsEnded);
            Upserted sent = upserts.get();
            Checked seen = checks.get();
            return new Changing(sent.items(), sent.late(), seen.items(), seen.missing(), searched);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a caller failed: " + e.getCause(), e.getCause());
        }
    }

    /** Searches for some seconds, or until the latch is open. */
    private static Searched search(
            CandidateServiceBlockingStub stub, List<RetrieveRequest> requests, double length, CountDownLatch ended) {
        long[] nanos = new long[MOST_CALLS];
        int count = 0;
        long found = 0;
        long live = 0;
        long end = System.nanoTime() + (long) (length * NANOS);
        while (count < MOST_CALLS && ended.getCount() > 0 && System.nanoTime() < end) {
            long before = System.nanoTime();
            List<String> ids = stub.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .retrieve(requests.get(count % requests.size()))
                    .getCandidates()
                    .getItemIdsList();
            nanos[count++] = System.nanoTime() - before;
            found += ids.size();
            live += ids.stream().filter(UpsertedItems::isOne).count();
        }
        return new Searched(Arrays.copyOf(nanos, count), (double) live / Math.max(1, found));
    }

    /** Upserts at the rate; gives back how many items were acknowledged and how many batches were late. */
    private Upserted upsert(
            ItemServiceBlockingStub stub,
            UpsertedItems items,
            int first,
            double length,
            Queue<Acknowledged> acknowledged) {
        int batch = Math.max(1, ratePerSecond / BATCHES_PER_SECOND);
        long interval = NANOS * batch / ratePerSecond;
        long started = System.nanoTime();
        int batches = (int) (length * NANOS / interval);
        int late = 0;
        int sent = 0;
        for (int i = 0; i < batches; i++) {
            long due = started + i * interval;
            waitUntil(due);
            late += System.nanoTime() - due > interval ? 1 : 0;
            List<String> ids = new ArrayList<>();
            UpsertItemsRequest.Builder request = UpsertItemsRequest.newBuilder();
            for (int j = 0; j < batch; j++) {
                Item item = items.item(first + i * batch + j);
                ids.add(item.getItemId());
                request.addItems(item);
            }
            requireAccepted(stub.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .upsertItems(request.build())
                    .getResultsList());
            acknowledged.add(new Acknowledged(ids, System.nanoTime()));
            sent += batch;
        }
        return new Upserted(sent, late);
    }

    private static void requireAccepted(List<ItemChangeResult> results) {
        for (ItemChangeResult result : results) {
            if (!result.getAccepted()) {
                throw new IllegalStateException(result.getItemId() + " was refused: " + result.getRefusal());
            }
        }
    }

    /** Asks both services for what was acknowledged a second ago; gives back how often it asked, and how often in vain. */
    private Checked check(
            ItemSite site, RetrieveRequest like, Queue<Acknowledged> acknowledged, CountDownLatch upsertsEnded) {
        List<CandidateServiceBlockingStub> replicas = List.of(
                CandidateServiceGrpc.newBlockingStub(site.candidate(0)),
                CandidateServiceGrpc.newBlockingStub(site.candidate(1)));
        int checked = 0;
        int missing = 0;
        while (upsertsEnded.getCount() > 0 || !acknowledged.isEmpty()) {
            Acknowledged next = acknowledged.poll();
            if (next == null) {
                LockSupport.parkNanos(NANOS / BATCHES_PER_SECOND);
                continue;
            }
            waitUntil(next.nanos() + VISIBLE_WITHIN_NANOS);
            for (CandidateServiceBlockingStub replica : replicas) {
                checked += next.itemIds().size();
                missing += missing(replica, like, next.itemIds());
            }
        }
        return new Checked(checked, missing);
    }

    private static int missing(CandidateServiceBlockingStub replica, RetrieveRequest like, List<String> ids) {
        int missing = 0;
        for (int from = 0; from < ids.size(); from += MOST_TRACED) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + MOST_TRACED));
            RetrieveRequest request = like.toBuilder()
                    .clearGenerators()
                    .addGenerators(like.getGenerators(0).toBuilder().setLimit(1))
                    .setQuery(like.getQuery().toBuilder().addAllExcludeItemIds(some)) // what is excluded is not ranked
                    .addAllTraceItemIds(some)
                    .build();
            missing += (int)
                    replica.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS).retrieve(request).getTracesList().stream()
                            .filter(trace -> trace.getVerdict() == TraceVerdict.TRACE_VERDICT_UNKNOWN_ITEM)
                            .count();
        }
        return missing;
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
