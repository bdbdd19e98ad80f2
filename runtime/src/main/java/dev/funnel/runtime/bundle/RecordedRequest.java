package dev.funnel.runtime.bundle;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.GoldenQuery;
import dev.funnel.bundle.ItemTable;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.user.UserStates;
import dev.funnel.runtime.wire.Candidates;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.DeviceType;
import dev.funnel.runtime.wire.FeatureValue;
import dev.funnel.runtime.wire.Interactions;
import dev.funnel.runtime.wire.Nomination;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What a stage is asked after candidate generation, made of a golden query that the bundle carries: its user with profile and
 * history, what its generators nominated, and further items from all over the catalogue, as many as a pool has. Stages warm a new
 * version with these.
 *
 * @param user who asks, as a gateway would say it
 * @param query at the bundle's data cut, where the user's row says the user is
 * @param candidates what the golden queries name, then the others
 */
public record RecordedRequest(UserState user, Query query, Candidates candidates) {
    /** As many as pipelines ask of generators, roughly. */
    static final int POOL = 500;

    private static final int MOST = 8;
    private static final int REPLAYS = 20;
    private static final Duration LONGEST_REPLAY = Duration.ofSeconds(3);

    private record Asked(String userId, String seedItemId) {}

    /** The requests of a bundle, at least one: the last is that of a new visitor. */
    public static List<RecordedRequest> of(Bundle bundle) {
        Map<Asked, List<GoldenQuery>> golden = new LinkedHashMap<>();
        for (GoldenQuery query : bundle.manifest().goldenQueries()) {
            Asked asked = new Asked(
                    Objects.requireNonNullElse(query.userId(), ""), Objects.requireNonNullElse(query.seedItemId(), ""));
            boolean nominates = bundle.manifest().generator(query.component()) != null;
            if (nominates && (golden.containsKey(asked) || golden.size() < MOST)) {
                golden.computeIfAbsent(asked, _ -> new ArrayList<>()).add(query);
            }
        }
        golden.putIfAbsent(new Asked("", ""), List.of());
        List<RecordedRequest> requests = new ArrayList<>();
        golden.forEach((asked, answers) -> requests.add(of(bundle, asked, answers)));
        return requests;
    }

    /**
     * Asks a stage each request in turn, {@value #REPLAYS} in all, so that pages are in memory and code is compiled before the version
     * serves. Loading takes no longer for it than about 3 s: then what is left is left out, but for the first request.
     */
    public static void replay(Bundle bundle, Consumer<? super RecordedRequest> stage) {
        replay(of(bundle), stage, Ticker.SYSTEM);
    }

    static void replay(List<RecordedRequest> requests, Consumer<? super RecordedRequest> stage, Ticker ticker) {
        long begun = ticker.nanos();
        for (int i = 0; i < REPLAYS && ticker.nanos() - begun <= LONGEST_REPLAY.toNanos(); i++) {
            stage.accept(requests.get(i % requests.size()));
        }
    }

    private static RecordedRequest of(Bundle bundle, Asked asked, List<GoldenQuery> answers) {
        Query query = new Query(
                asked.userId,
                Interactions.NONE,
                asked.seedItemId,
                Context.UNKNOWN.at(dataCut(bundle)),
                List.of(),
                null);
        UserState user = UserStates.join(bundle.items(), bundle.users(), query).state();
        return new RecordedRequest(user, query.in(whereabouts(user, query.context())), pool(bundle, answers));
    }

    /** A bundle that does not say up to when it was trained was not trained on what came after it. */
    private static Instant dataCut(Bundle bundle) {
        return Objects.requireNonNullElse(
                bundle.manifest().trainedUntil(), bundle.version().published());
    }

    private static Context whereabouts(UserState user, Context context) {
        return new Context(
                text(user, "country"), text(user, "language"), DeviceType.PHONE, context.time(), context.extra());
    }

    private static String text(UserState user, String name) {
        return user.profile().get(name) instanceof FeatureValue.Text text ? text.value() : "";
    }

    private static Candidates pool(Bundle bundle, List<GoldenQuery> answers) {
        Set<String> items = new LinkedHashSet<>();
        answers.forEach(answer -> items.addAll(answer.itemIds()));
        fillUp(items, bundle.items());
        List<String> pool = List.copyOf(items);
        return new Candidates(
                pool, answers.stream().map(answer -> nomination(answer, pool)).toList(), new float[0]);
    }

    /** With items at equal distances, since what is nominated lies anywhere in the files. */
    private static void fillUp(Set<String> items, ItemTable table) {
        int wanted = Math.min(POOL, table.size());
        for (int i = 0; i < wanted && items.size() < wanted; i++) {
            items.add(table.id((int) ((long) table.size() * i / wanted)));
        }
    }

    private static Nomination nomination(GoldenQuery answer, List<String> pool) {
        float[] scores = new float[answer.scores().size()];
        IntStream.range(0, scores.length)
                .forEach(i -> scores[i] = answer.scores().get(i).floatValue());
        int[] positions = answer.itemIds().stream().mapToInt(pool::indexOf).toArray();
        return new Nomination(answer.component(), positions, scores, new float[0], new float[0]);
    }
}
