package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.KeyColumn;
import dev.funnel.runtime.config.Default;
import java.util.BitSet;

/**
 * Removes items of uploaders whom the user blocked.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 */
public record BlockedUploader(
        @Default("blocked_uploader") String name,
        @Default("false") boolean preferred) implements Filter {
    @Override
    public Screen screen(RerankInput input) {
        KeyColumn uploaders = input.facts().uploaders();
        BitSet blocked = uploaders.codesOf(input.user().blockedUploaders());
        return new BlockedScreen(input, uploaders, blocked, "the user blocked uploader ");
    }
}
