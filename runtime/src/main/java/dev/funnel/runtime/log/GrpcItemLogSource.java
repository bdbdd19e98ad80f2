package dev.funnel.runtime.log;

import dev.funnel.bundle.live.ItemChange;
import dev.funnel.proto.gateway.v1.ItemLogServiceGrpc;
import dev.funnel.proto.gateway.v1.TailRequest;
import dev.funnel.proto.gateway.v1.TailResponse;
import dev.funnel.runtime.config.Secret;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.grpc.ApiKeyInterceptor;
import dev.funnel.runtime.grpc.ChannelSettings;
import dev.funnel.runtime.grpc.Channels;
import dev.funnel.runtime.grpc.Failures;
import dev.funnel.runtime.wire.ItemsFromWire;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The item log of another process, by {@code gateway.v1.ItemLogService.Tail}. It is read as fast as it is asked for. */
public final class GrpcItemLogSource implements ItemLogSource {
    /** A stream is opened anew after this time, so that no call is without a deadline. */
    private static final Duration LONGEST_STREAM = Duration.ofMinutes(30);

    /** What a call ends with that nobody answered; with anything else the owner is there. */
    private static final Set<Status.Code> UNANSWERED =
            EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);

    private final Channels channels;
    private final Channel channel;

    private GrpcItemLogSource(Channels channels, Channel channel) {
        this.channels = channels;
        this.channel = channel;
    }

    /** The log at {@code settings.target}; the owner's health is not asked, because it may be followed before it serves. */
    public static GrpcItemLogSource open(Channels channels, ItemLogSettings settings) {
        ChannelSettings usual = ChannelSettings.of(settings.target());
        Channel channel = channels.open(
                new ChannelSettings(
                        usual.target(), usual.maxMessage(), usual.keepAlive(), usual.keepAliveTimeout(), false, false),
                ItemLogServiceGrpc.SERVICE_NAME);
        return new GrpcItemLogSource(channels, withKey(channel, settings.apiKey()));
    }

    private static Channel withKey(Channel channel, @Nullable Secret apiKey) {
        if (apiKey == null) {
            return channel;
        }
        Metadata headers = new Metadata();
        headers.put(ApiKeyInterceptor.HEADER, apiKey.reveal());
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @Override
    public Stream open(long from, long trained) throws LogUnavailableException {
        channels.reconnect(); // gRPC would wait ever longer, up to two minutes, while the owner is away
        TailRequest request = TailRequest.newBuilder()
                .setFromPosition(from)
                .setTrainedPosition(trained)
                .build();
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(LONGEST_STREAM.toMillis(), TimeUnit.MILLISECONDS);
        return new Tail(ClientCalls.blockingV2ServerStreamingCall(
                channel, ItemLogServiceGrpc.getTailMethod(), options, request));
    }

    private static final class Tail implements Stream {
        private final BlockingClientCall<TailRequest, TailResponse> call;

        Tail(BlockingClientCall<TailRequest, TailResponse> call) {
            this.call = call;
        }

        @Override
        public Entries next(Duration longest) throws LogUnavailableException, InterruptedException {
            try {
                TailResponse response = call.read(longest.toNanos(), TimeUnit.NANOSECONDS);
                if (response == null) {
                    throw LogUnavailableException.silence("the stream ended");
                }
                return entries(response);
            } catch (StatusException | StatusRuntimeException e) {
                throw ended(e);
            } catch (TimeoutException e) {
                throw LogUnavailableException.silence("nothing was heard for " + longest.toMillis() + " ms");
            } catch (CallerError e) {
                throw new LogUnavailableException("an entry that this version cannot read: " + e.getMessage());
            }
        }

        @Override
        public void close() {
            call.cancel("no more is wanted", null);
        }

        private static LogUnavailableException ended(Exception failure) {
            String why = Failures.describe(failure);
            return UNANSWERED.contains(Status.fromThrowable(failure).getCode())
                    ? LogUnavailableException.silence(why)
                    : new LogUnavailableException(why);
        }

        private static Entries entries(TailResponse response) {
            List<ItemChange> changes =
                    response.getEntriesList().stream().map(ItemsFromWire::entry).toList();
            return new Entries(changes, response.getNewestPosition());
        }
    }
}
