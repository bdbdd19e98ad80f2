package dev.funnel.gateway.pipeline;

import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.PopularSlates.Slate;
import dev.funnel.gateway.door.Door;
import dev.funnel.gateway.ladder.LastGoodSlates;
import dev.funnel.gateway.ladder.Visit;
import dev.funnel.gateway.page.PagePosition;
import dev.funnel.gateway.snapshot.GatewaySnapshot;
import dev.funnel.runtime.user.JoinedUser;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.FeatureValue;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.StrictRule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A request made ready to run on one bundle version.
 *
 * @param bundle the version, the same for every stage
 * @param query what the stages are asked: stamped, with what earlier pages showed among the exclusions
 * @param door what may leave
 * @param budget time for the stages
 * @param effort how hard the stages are asked to try, in (0, 1]
 * @param position where the caller stands: version, pipeline, question, seed, time, and what was shown so far
 * @param losses what was lost before it could run
 */
public record Turn(
        Request request,
        BundleRef bundle,
        GatewaySnapshot snapshot,
        Query query,
        JoinedUser user,
        Door door,
        Budget budget,
        float effort,
        PagePosition position,
        List<Degradation> losses) {

    private static final String CATEGORIES = "categories";

    public Pipeline pipeline() {
        return request.pipeline();
    }

    public PipelineConfiguration settings() {
        return pipeline().settings();
    }

    List<StrictRule> strictRules() {
        return pipeline().strictRules();
    }

    /** Heads to ask the ranker for: what the policy reads, and on explain all. */
    List<String> heads() {
        Stream<String> wanted = request.explain()
                ? Stream.concat(settings().heads().stream(), snapshot.heads().stream())
                : settings().heads().stream();
        return wanted.distinct().limit(Bounds.HEADS).toList();
    }

    /** How many items earlier pages showed. */
    public int shown() {
        return position.shown().length;
    }

    /** What the ladder has to know of it. */
    Visit visit() {
        return new Visit(surface(), snapshot.items(), popular(), door, request.pageSize());
    }

    /** The popular slates for this person: by the context, else by the profile, and by what the seed item is about. */
    private List<Slate> popular() {
        return snapshot.popular()
                .suiting(
                        known(query.context().country(), "country"),
                        known(query.context().language(), "language"),
                        seedCategories());
    }

    private String known(String said, String column) {
        return said.isEmpty() && user.state().profile().get(column) instanceof FeatureValue.Text(String value)
                ? value
                : said;
    }

    private List<String> seedCategories() {
        CategoryListColumn categories = snapshot.items().categoryList(CATEGORIES);
        int seed = query.hasSeed() ? snapshot.items().indexOf(query.seedItemId()) : -1;
        return categories == null || seed < 0
                ? List.of()
                : IntStream.range(0, categories.count(seed))
                        .mapToObj(i -> categories.value(categories.code(seed, i)))
                        .toList();
    }

    /** Where the slate will be shown. */
    public LastGoodSlates.Surface surface() {
        return new LastGoodSlates.Surface(query.userId(), pipeline().name(), query.seedItemId());
    }
}
