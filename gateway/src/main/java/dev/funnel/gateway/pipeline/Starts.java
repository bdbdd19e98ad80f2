package dev.funnel.gateway.pipeline;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.gateway.page.OpenedToken;
import dev.funnel.gateway.page.PagePosition;
import dev.funnel.gateway.page.PageTokens;
import dev.funnel.gateway.snapshot.VersionPin;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.Stage;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Finds where a request sets out from: on the version pinned, or where its page token says. A token that expired, or whose
 * bundle version is gone, starts the slate anew, which is a degradation.
 */
final class Starts {
    private final VersionPin pin;
    private final PageTokens tokens;
    private final InstantSource clock;

    Starts(VersionPin pin, PageTokens tokens, InstantSource clock) {
        this.pin = pin;
        this.tokens = tokens;
        this.clock = clock;
    }

    Start of(Request request) {
        if (request.pageToken().isEmpty()) {
            return anew(request, List.of());
        }
        return switch (tokens.open(request.pageToken())) {
            case OpenedToken.Expired(Instant at) ->
                anew(request, List.of(lost(DegradationKind.FAILED, "the page token expired at " + at)));
            case OpenedToken.Valid(PagePosition position) -> continued(request, position);
        };
    }

    /**
     * Page one on the version that is pinned now, since that of {@code start} is not held. Where {@code start} continues a page token,
     * that is a loss.
     */
    Start again(Request request, Start start) {
        boolean continues = !request.pageToken().isEmpty() && start.losses().isEmpty();
        return continues ? anewWithout(request, start.position().version()) : anew(request, start.losses());
    }

    /** Page one, on the version pinned. */
    private Start anew(Request request, List<Degradation> losses) {
        BundleVersion version = pin.pinned().orElseThrow(() -> new NotReady("no bundle is loaded yet"));
        Instant stamped = request.query().context().time();
        Instant time = stamped == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : stamped;
        long question = question(request);
        long seed = PageTokens.fingerprint(Long.toString(question), time.toString());
        PagePosition position = new PagePosition(version, request.pipeline().name(), question, seed, time, new int[0]);
        return new Start(position, losses);
    }

    /** Page one anew, because the version of a page token is gone. */
    private Start anewWithout(Request request, BundleVersion gone) {
        return anew(
                request,
                List.of(lost(DegradationKind.VERSION_MISSING, "bundle version " + gone + " is no longer held")));
    }

    private Start continued(Request request, PagePosition position) {
        if (position.question() != question(request)) {
            throw new CallerError(
                    "page_token",
                    request.pageToken(),
                    "must be sent with the user_id, seed_item_id and pipeline it was given for");
        }
        return pin.holds(position.version())
                ? new Start(position, List.of())
                : anewWithout(request, position.version());
    }

    private static long question(Request request) {
        return PageTokens.fingerprint(
                request.query().userId(),
                request.query().seedItemId(),
                request.pipeline().name());
    }

    private static Degradation lost(DegradationKind kind, String cause) {
        return new Degradation(Stage.GATEWAY, kind, "page-token", cause, "page one anew");
    }
}
