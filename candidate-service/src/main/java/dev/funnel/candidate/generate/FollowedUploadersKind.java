package dev.funnel.candidate.generate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.retrieval.cold.UploaderItems;
import java.util.Optional;

/** Followed uploaders: the newest items of the uploaders that the user follows, see {@link UploaderItems}. */
public final class FollowedUploadersKind implements GeneratorKind {
    @Override
    public String name() {
        return "followed-uploaders";
    }

    @Override
    public Generator load(Bundle bundle, GeneratorEntry entry, GeneratorSettings settings, Serving serving) {
        return new Followed(entry, UploaderItems.of(bundle.items()));
    }

    private record Followed(GeneratorEntry entry, UploaderItems uploaders) implements Generator {
        @Override
        public String index() {
            return "the newest items of " + uploaders.size() + " uploaders";
        }

        @Override
        public Optional<Search> search(Question question) {
            Circumstances asked = question.circumstances();
            return asked.followedUploaders().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new FollowedSearch(
                            uploaders.newest(asked.followedUploaders(), asked.timeMs()),
                            asked.followedUploaders(),
                            asked.timeMs()));
        }
    }
}
