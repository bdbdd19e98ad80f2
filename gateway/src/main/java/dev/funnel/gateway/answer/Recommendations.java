package dev.funnel.gateway.answer;

import dev.funnel.bundle.TextColumn;
import dev.funnel.gateway.answer.Recommendation.ConfigurationRef;
import dev.funnel.gateway.answer.Recommendation.Item;
import dev.funnel.gateway.door.Offer;
import dev.funnel.gateway.page.PagePosition;
import dev.funnel.gateway.page.PageTokens;
import dev.funnel.gateway.pipeline.Course;
import dev.funnel.gateway.pipeline.Turn;
import dev.funnel.gateway.stage.Reranked;
import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.wire.ComponentReport;
import dev.funnel.runtime.wire.HeadValues;
import dev.funnel.runtime.wire.Stage;
import dev.funnel.runtime.wire.StageReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes recommendations of courses. */
public final class Recommendations {
    private final PageTokens tokens;
    private final Ticker ticker;

    public Recommendations(PageTokens tokens, Ticker ticker) {
        this.tokens = tokens;
        this.ticker = ticker;
    }

    public Recommendation of(Course course, String requestId) {
        Turn turn = course.turn();
        return new Recommendation(
                items(course),
                turn.bundle(),
                pipeline(course),
                course.slate().answer().map(Recommendations::policy).orElse(null),
                course.footing().rung(),
                course.footing().reason(),
                Losses.of(course),
                reports(course),
                nextPageToken(course),
                requestId);
    }

    static ConfigurationRef pipeline(Course course) {
        return new ConfigurationRef(
                course.turn().pipeline().name(), course.turn().pipeline().hash());
    }

    private static ConfigurationRef policy(Reranked slate) {
        return new ConfigurationRef(slate.policy(), slate.policyHash());
    }

    private static List<Item> items(Course course) {
        List<Offer> page = course.settled().page();
        Provenance provenance = Provenance.of(course.ranked(), page);
        boolean explain = course.turn().request().explain();
        List<Item> items = new ArrayList<>(page.size());
        for (Offer offer : page) {
            int place = course.turn().shown() + items.size() + 1;
            List<Provenance.Source> sources = provenance.of(offer);
            items.add(explain ? explained(course, offer, place, sources) : plain(course, offer, place, sources));
        }
        return List.copyOf(items);
    }

    private static Item plain(Course course, Offer offer, int place, List<Provenance.Source> sources) {
        return new Item(
                offer.itemId(),
                place,
                offer.score(),
                names(sources),
                scores(sources),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                "",
                propensity(course, offer),
                team(course, offer));
    }

    private static Item explained(Course course, Offer offer, int place, List<Provenance.Source> sources) {
        TextColumn titles = course.turn().snapshot().items().text("title");
        return new Item(
                offer.itemId(),
                place,
                offer.score(),
                names(sources),
                scores(sources),
                sources.stream().map(Provenance.Source::origin).toList(),
                sources.stream().map(Provenance.Source::itemOrigin).toList(),
                predictions(course, offer),
                Reasons.of(course, offer, place, sources),
                titles == null ? "" : titles.value(offer.item()),
                propensity(course, offer),
                team(course, offer));
    }

    private static double propensity(Course course, Offer offer) {
        return slatePlace(course, offer).map(Reranked.Place::propensity).orElse(0.0);
    }

    private static String team(Course course, Offer offer) {
        return slatePlace(course, offer).map(Reranked.Place::team).orElse("");
    }

    private static Optional<Reranked.Place> slatePlace(Course course, Offer offer) {
        return offer.path() != Offer.Path.RERANKED
                ? Optional.empty()
                : course.slate().answer().stream()
                        .flatMap(slate -> slate.slate().stream())
                        .filter(place -> place.position() == offer.position())
                        .findFirst();
    }

    private static List<String> names(List<Provenance.Source> sources) {
        return sources.stream().map(Provenance.Source::name).toList();
    }

    private static List<Float> scores(List<Provenance.Source> sources) {
        return sources.stream().map(Provenance.Source::score).toList();
    }

    private static Map<String, Float> predictions(Course course, Offer offer) {
        Map<String, Float> predictions = new LinkedHashMap<>();
        if (offer.position() >= 0) {
            for (HeadValues head : course.ranked().heads()) {
                predictions.put(head.head(), head.values()[offer.position()]);
            }
        }
        return predictions;
    }

    private List<StageReport> reports(Course course) {
        List<StageReport> reports =
                new ArrayList<>(course.answers().map(StageAnswer::report).toList());
        List<ComponentReport> refusals = course.settled().refused().entrySet().stream()
                .map(rule -> new ComponentReport(rule.getKey(), rule.getValue(), 0, Duration.ZERO, "refused"))
                .toList();
        int out = course.settled().page().size();
        int in = out
                + course.settled().refused().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
        Duration elapsed =
                Duration.ofNanos(ticker.nanos() - course.turn().request().arrivedNanos());
        reports.add(new StageReport(Stage.GATEWAY, in, out, elapsed, refusals));
        return List.copyOf(reports);
    }

    private String nextPageToken(Course course) {
        PagePosition here = course.turn().position();
        List<Offer> page = course.settled().page();
        int shown = here.shown().length + page.size();
        if (page.size() < course.turn().request().pageSize() || shown >= PagePosition.MAX_SHOWN) {
            return "";
        }
        int[] items = IntStream.concat(IntStream.of(here.shown()), page.stream().mapToInt(Offer::item))
                .toArray();
        return tokens.seal(here.after(items));
    }
}
