package dev.funnel.gateway.answer;

import dev.funnel.gateway.effort.Efforts;
import dev.funnel.gateway.impression.ImpressionLog;
import dev.funnel.gateway.impression.ShownSlate;
import dev.funnel.gateway.ladder.LastGood;
import dev.funnel.gateway.ladder.LastGoodSlates;
import dev.funnel.gateway.metric.RequestMetrics;
import dev.funnel.gateway.pipeline.Course;
import dev.funnel.gateway.pipeline.Recommender;
import dev.funnel.gateway.pipeline.Request;
import dev.funnel.gateway.pipeline.Turn;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.DeviceType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Answers requests, and remembers what was shown: in the impression log, and as the user's last good slate. */
public final class Answers {
    private final Recommender recommender;
    private final Recommendations recommendations;
    private final LastGoodSlates lastGoodSlates;
    private final ImpressionLog impressions;
    private final Efforts efforts;
    private final RequestMetrics metrics;
    private final RequestLog log;

    public Answers(
            Recommender recommender,
            Recommendations recommendations,
            LastGoodSlates lastGoodSlates,
            ImpressionLog impressions,
            Efforts efforts,
            RequestMetrics metrics,
            RequestLog log) {
        this.recommender = recommender;
        this.recommendations = recommendations;
        this.lastGoodSlates = lastGoodSlates;
        this.impressions = impressions;
        this.efforts = efforts;
        this.metrics = metrics;
        this.log = log;
    }

    public Recommendation recommend(Request request) {
        try {
            return recommender.run(request, this::answer);
        } catch (CallerError e) {
            throw e;
        } catch (RuntimeException e) {
            metrics.failed(request.pipeline().name());
            log.failed(request, e);
            throw e;
        }
    }

    private Recommendation answer(Course course) {
        Recommendation answer = recommendations.of(course, UUID.randomUUID().toString());
        impressions.write(shown(course.turn(), answer));
        rememberIfGood(course, answer);
        metrics.answered(course, answer);
        log.answered(course, answer);
        course.shares().stream()
                .max(Comparator.naturalOrder())
                .ifPresent(share -> efforts.took(course.turn().pipeline().name(), share));
        return answer;
    }

    /** Says what became of {@code itemIds}, which the request traces. Nothing was shown, so nothing is remembered. */
    public Explained explain(Request request, List<String> itemIds) {
        return recommender.run(
                request,
                course -> new Explained(
                        course.turn().bundle(),
                        Recommendations.pipeline(course),
                        Explanations.of(course, itemIds),
                        Losses.of(course)));
    }

    private void rememberIfGood(Course course, Recommendation answer) {
        Turn turn = course.turn();
        boolean good = course.footing().rung().ofCandidates()
                && turn.shown() == 0
                && turn.query().filter() == null
                && !answer.items().isEmpty();
        if (good) {
            lastGoodSlates.remember(
                    turn.surface(),
                    answer.items().stream()
                            .map(item -> new LastGood(item.itemId(), item.score()))
                            .toList());
        }
    }

    private static ShownSlate shown(Turn turn, Recommendation answer) {
        Context context = turn.query().context();
        return new ShownSlate(
                answer.requestId(),
                turn.query().userId(),
                turn.position().time(),
                context.country(),
                context.language(),
                context.device() == DeviceType.UNKNOWN
                        ? ""
                        : context.device().name().toLowerCase(Locale.ROOT),
                answer.bundle().version(),
                answer.items().stream()
                        .map(item -> new ShownSlate.ShownItem(
                                item.itemId(),
                                item.place() - 1,
                                item.sources(),
                                item.sourceScores(),
                                item.propensity(),
                                item.team()))
                        .toList());
    }
}
