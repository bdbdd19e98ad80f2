package dev.funnel.gateway.answer;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * Which requests get a line in the log.
 *
 * @param oneIn of so many requests one; 0: none; at most 1,000,000
 * @param userIds whether the line names the user
 */
public record RequestLogSettings(
        @Default("0") int oneIn, @Default("false") boolean userIds) {
    public RequestLogSettings {
        Rule.between("one_in", oneIn, 0, 1_000_000);
    }
}
