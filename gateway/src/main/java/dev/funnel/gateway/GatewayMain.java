package dev.funnel.gateway;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.gateway.answer.Answers;
import dev.funnel.gateway.answer.Recommendations;
import dev.funnel.gateway.answer.RequestLog;
import dev.funnel.gateway.effort.Efforts;
import dev.funnel.gateway.grpc.CallerDeadline;
import dev.funnel.gateway.grpc.OwnedItemLog;
import dev.funnel.gateway.grpc.RecommendationGrpc;
import dev.funnel.gateway.grpc.RemoteStages;
import dev.funnel.gateway.grpc.RequestRights;
import dev.funnel.gateway.impression.ImpressionLog;
import dev.funnel.gateway.impression.JsonLinesImpressionLog;
import dev.funnel.gateway.ladder.Ladder;
import dev.funnel.gateway.ladder.LastGoodSlates;
import dev.funnel.gateway.metric.RequestMetrics;
import dev.funnel.gateway.page.PageTokens;
import dev.funnel.gateway.pipeline.Funnel;
import dev.funnel.gateway.pipeline.Pipeline;
import dev.funnel.gateway.pipeline.Pipelines;
import dev.funnel.gateway.pipeline.Recommender;
import dev.funnel.gateway.pipeline.WarmUp;
import dev.funnel.gateway.snapshot.GatewaySnapshot;
import dev.funnel.gateway.snapshot.VersionPin;
import dev.funnel.gateway.stage.FanOut;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.grpc.ApiKeyInterceptor;
import dev.funnel.runtime.grpc.Channels;
import dev.funnel.runtime.grpc.VirtualThreads;
import dev.funnel.runtime.log.ItemLogFollowing;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.ServiceMain;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.telemetry.Metrics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** The gateway as a process. */
public final class GatewayMain {
    private GatewayMain() {}

    public static void main(String[] args) {
        ServiceMain.run("gateway", args, GatewayConfiguration.class, GatewayMain::start);
    }

    /** Starts a gateway that listens, and serves as soon as there is a bundle. */
    public static StageProcess<GatewaySnapshot> start(GatewayConfiguration configuration, Readiness readiness) {
        Metrics metrics = Metrics.open(configuration.metrics(), configuration.telemetry(), "gateway");
        InstantSource clock = InstantSource.system();
        Pipelines pipelines = new Pipelines(configuration.pipelines());
        ImpressionLog impressions = impressionLog(configuration);
        Snapshots<GatewaySnapshot> snapshots = new Snapshots<>(configuration.bundles());

        Channels channels = new Channels(metrics);
        VirtualThreads waiting = new VirtualThreads();
        RemoteStages stages = stages(configuration, channels, waiting);
        VersionPin pin = new VersionPin(snapshots::held, stages.replicas(), metrics);
        pin.start(configuration.stages().versionPoll());

        LastGoodSlates lastGoodSlates = new LastGoodSlates(
                configuration.lastGoodSlates().maxSlates(),
                configuration.lastGoodSlates().lifetime(),
                System::nanoTime,
                metrics);
        PageTokens tokens = new PageTokens(
                configuration.pageTokens().signingKey(),
                configuration.pageTokens().lifetime(),
                clock);
        Efforts efforts = efforts(pipelines, metrics);
        Funnel funnel = new Funnel(
                new FanOut(stages.candidates(), waiting),
                stages.ranking(),
                stages.reranking(),
                new Ladder(lastGoodSlates),
                configuration.misconfigured(),
                metrics);
        Recommender recommender = new Recommender(snapshots, pin, funnel, tokens, clock, efforts, metrics);
        Recommendations recommendations = new Recommendations(tokens, Ticker.SYSTEM);
        WarmUp warmUp = new WarmUp(
                configuration.warmUp(), funnel, pipelines, clock, course -> recommendations.of(course, "warm-up"));
        Answers answers = new Answers(
                recommender,
                recommendations,
                lastGoodSlates,
                impressions,
                efforts,
                new RequestMetrics(metrics),
                new RequestLog(configuration.requestLog(), ApiKeyInterceptor::client, Ticker.SYSTEM));

        OwnedItemLog items =
                OwnedItemLog.open(configuration.itemLogStore(), configuration.liveItems(), snapshots, clock);

        ItemLogFollowing following = items.following()
                .orElseGet(() -> ItemLogFollowing.of(
                        configuration.itemLog(), configuration.liveItems(), metrics, snapshots::oldestItemLogPosition));

        StageProcess<GatewaySnapshot> process = StageProcess.start(
                configuration.server(),
                metrics,
                configuration.bundles(),
                snapshots,
                bundle -> snapshot(bundle, pipelines, warmUp),
                items.besides(List.of(CallerDeadline.noted(new RecommendationGrpc(
                        pipelines, answers, new RequestRights(configuration.requestFilters()))))),
                following,
                List.of(following, pin, stages, waiting, channels, impressions, items),
                readiness);
        process.beforeDrain(items::endTails);
        process.showRollOut(pin::rollOut);
        return process;
    }

    private static Efforts efforts(Pipelines pipelines, Metrics metrics) {
        return new Efforts(
                pipelines.all().stream()
                        .collect(Collectors.toMap(
                                Pipeline::name, pipeline -> pipeline.settings().effort())),
                Ticker.SYSTEM,
                metrics);
    }

    private static RemoteStages stages(GatewayConfiguration configuration, Channels channels, VirtualThreads waiting) {
        return RemoteStages.open(
                channels, configuration.stages(), configuration.bundles().name(), waiting);
    }

    private static GatewaySnapshot snapshot(Bundle bundle, Pipelines pipelines, WarmUp warmUp)
            throws BundleRefusedException {
        pipelines.checkAgainst(bundle);
        GatewaySnapshot snapshot = GatewaySnapshot.of(bundle);
        warmUp.on(bundle, snapshot);
        return snapshot;
    }

    private static ImpressionLog impressionLog(GatewayConfiguration configuration) {
        GatewayConfiguration.ImpressionLog settings = configuration.impressionLog();
        if (settings == null) {
            return ImpressionLog.OFF;
        }
        try {
            return JsonLinesImpressionLog.open(
                    settings.path(), settings.maxBytes().bytes());
        } catch (IOException e) {
            throw new InvalidConfiguration("impression_log.path: " + settings.path() + " cannot be written: " + e);
        }
    }
}
