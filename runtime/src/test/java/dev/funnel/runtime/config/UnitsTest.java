package dev.funnel.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"150ms, PT0.15S", "2s, PT2S", "5m, PT5M", "1h, PT1H", "3d, PT72H", "7us, PT0.000007S"})
    void durations_are_read_and_written(String text, Duration duration) {
        assertEquals(duration, DurationText.parse(text));
        assertEquals(text, DurationText.format(duration));
    }

    @ParameterizedTest
    @ValueSource(strings = {"150", "ms", "-1s", "1.5s", "1 year", ""})
    void what_is_not_a_duration_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> DurationText.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"512B, 512", "64KiB, 65536", "16MiB, 16777216", "2GiB, 2147483648", "0B, 0"})
    void sizes_are_read_and_written(String text, long bytes) {
        assertEquals(new ByteSize(bytes), ByteSize.parse(text));
        assertEquals(text, new ByteSize(bytes).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "16MB", "-1B", "1.5KiB", ""})
    void what_is_not_a_size_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text));
    }

    @Test
    void a_swap_of_neighbours_is_one_mistake() {
        assertEquals(1, Names.distance("port", "prot"));
        assertEquals(3, Names.distance("kitten", "sitting"));
        assertEquals("did you mean \"popular\"?", Names.suggestion("poplar", List.of("newest", "popular")));
    }
}
