package dev.funnel.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemLogSettingsTest {
    private record Service(ItemLogSettings itemLog) {}

    private static ItemLogSettings parse(String settings) {
        return ConfigurationFile.parse(Service.class, "s.yaml", "item_log: {target: 'a:1'" + settings + "}", Map.of())
                .itemLog();
    }

    @Test
    void a_process_is_patient_with_a_silent_owner_for_a_minute_unless_told_otherwise() {
        assertEquals(Duration.ofSeconds(60), parse("").mostSilence());
        assertEquals(Duration.ZERO, parse(", most_silence: 0s").mostSilence());
        assertEquals(parse(", most_lag: 2s"), new ItemLogSettings("a:1", Duration.ofSeconds(2), null));
    }

    @Test
    void patience_beyond_a_day_is_refused_by_name() {
        InvalidConfiguration refused = assertThrows(InvalidConfiguration.class, () -> parse(", most_silence: 25h"));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("most_silence: 25h must be between"), refused::toString);
    }
}
