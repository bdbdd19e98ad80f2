package dev.funnel.trainer.generate;

import dev.funnel.bundle.TensorFileWriter;
import dev.funnel.retrieval.cold.UploaderItems;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code followed-uploaders}: the newest items of the uploaders that the user follows, see {@link UploaderItems}. */
public final class FollowedUploadersGenerator implements GeneratorKind {

    private static final String FOLLOWED = "followed_uploaders";

    @Override
    public String name() {
        return "followed-uploaders";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        return (input, progress) -> new Fitted(UploaderItems.of(input.items()));
    }

    private record Fitted(UploaderItems uploaders) implements FittedGenerator {
        @Override
        public String kind() {
            return "followed-uploaders";
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of();
        }

        @Override
        public Optional<Asked> ask(Asker asker) {
            Set<String> followed =
                    new LinkedHashSet<>(Askers.profile(asker.profile()).texts().getOrDefault(FOLLOWED, List.of()));
            Map<Integer, Float> newest = uploaders.newest(followed, asker.timeMs());
            return newest.isEmpty() ? Optional.empty() : Optional.of(new ScoredItems(newest));
        }

        @Override
        public void write(GeneratorFiles files) throws IOException {
            new TensorFileWriter(files.tensors())
                    .add("uploaders", new int[] {uploaders.size()})
                    .write();
        }
    }
}
