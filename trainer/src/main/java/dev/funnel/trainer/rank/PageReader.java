package dev.funnel.trainer.rank;

import dev.funnel.bundle.History;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.Request;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.prepare.Profiles;

/** Reads the features of pages as a service would have read them at that time. */
final class PageReader {
    /** How much history a stage is sent at most. */
    static final int LONGEST_HISTORY = 1_000;

    private final RankerTrainingInput input;
    private final Profiles profiles;
    private final FeatureTransform transform;
    private final long lastMs;

    PageReader(RankerTrainingInput input, FeatureTransform transform) {
        this.input = input;
        this.profiles = new Profiles(input.users());
        this.transform = transform;
        this.lastMs = input.examples().lastMs();
    }

    ReadPage read(Page page) {
        Request request = transform.open(ranking(page));
        return new ReadPage(page, transform.readRequest(request), transform.readCandidates(request, 0, page.size()));
    }

    private RankingInput ranking(Page page) {
        History history =
                page.user() < 0 ? History.EMPTY : input.histories().before(page.user(), page.timeMs(), LONGEST_HISTORY);
        Asker asker = new Asker(-1, history, profiles.of(page.user()), page.context(), page.timeMs());
        return new RankingInput(
                page.timeMs(),
                page.user() < 0 ? "" : input.users().id(page.user()),
                asker.profile(),
                page.context(),
                history,
                page.unclicked(),
                page.items(),
                ImpressionSources.nominated(
                        input.generators().signals(asker, page.items()),
                        input.generators().generators(),
                        page.sources()),
                page.positions(),
                (lastMs - page.timeMs()) / 1_000f);
    }
}
