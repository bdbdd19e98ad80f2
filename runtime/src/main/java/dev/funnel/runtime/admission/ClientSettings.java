package dev.funnel.runtime.admission;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import org.jspecify.annotations.Nullable;

/**
 * What one client may ask.
 *
 * @param rate calls a second, on average; absent: as many as it likes
 * @param burst calls at once after a pause; absent: a second's worth
 * @param priority the highest its calls can have
 */
public record ClientSettings(
        @Nullable Integer rate,
        @Nullable Integer burst,
        @Default("interactive") Priority priority) {
    private static final int MOST = 1_000_000;

    /** Of whom nothing is said. */
    static final ClientSettings FREE = new ClientSettings(null, null, Priority.INTERACTIVE);

    public ClientSettings {
        if (rate != null) {
            Rule.between("rate", rate, 1, MOST);
        }
        if (burst != null) {
            Rule.holds(rate != null, "burst", burst, "must stand with a rate");
            Rule.between("burst", burst, 1, MOST);
        }
    }
}
