package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleVersionTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @Test
    void a_version_tells_when_it_was_published() {
        BundleVersion version = BundleVersion.of(Instant.parse("2026-01-31T01:02:03.004999Z"), HASH);
        assertEquals("20260131010203004-0123456789ab", version.value());
        assertEquals(Instant.parse("2026-01-31T01:02:03.004Z"), version.published());
        assertEquals(version, BundleVersion.parse(version.toString()).orElseThrow());
    }

    @Test
    void later_versions_come_after_earlier_ones() {
        BundleVersion earlier = new BundleVersion("20260131010203004-ffffffffffff");
        BundleVersion later = new BundleVersion("20260131010203005-000000000000");
        assertTrue(earlier.compareTo(later) < 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "newest",
                "20260131010203004",
                "20260131010203004-0123456789A",
                "20260131010203004-0123456789aB",
                "20261331010203004-0123456789ab",
                "20260229010203004-0123456789ab",
                "20260131010203004-0123456789ab/..",
                "../20260131010203004-0123456789ab",
                "٢٠٢٦٠١٣١٠١٠٢٠٣٠٠٤-0123456789ab"
            })
    void what_is_not_shaped_like_a_version_is_none(String text) {
        assertTrue(BundleVersion.parse(text).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> new BundleVersion(text));
    }
}
