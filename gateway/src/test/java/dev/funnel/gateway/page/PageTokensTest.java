package dev.funnel.gateway.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.runtime.error.CallerError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PageTokensTest {
    private static final byte[] KEY = "sixteen bytes or more".getBytes(StandardCharsets.UTF_8);
    private static final Instant START = Instant.parse("2026-01-31T00:00:00Z");

    private Instant now = START;
    private final PageTokens tokens = new PageTokens(KEY, Duration.ofMinutes(30), () -> now);

    @Test
    void what_was_sealed_comes_out_again() {
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            PagePosition position = position(random);
            OpenedToken.Valid opened = assertInstanceOf(OpenedToken.Valid.class, tokens.open(tokens.seal(position)));
            assertSame(position, opened.position(), "seed 11, turn " + i);
        }
    }

    @Test
    void a_token_expires_at_the_end_of_its_lifetime() {
        String token = tokens.seal(position(new Random(1)));
        now = START.plus(Duration.ofMinutes(30));
        assertInstanceOf(OpenedToken.Valid.class, tokens.open(token));
        now = now.plusMillis(1);
        OpenedToken.Expired expired = assertInstanceOf(OpenedToken.Expired.class, tokens.open(token));
        assertEquals(START.plus(Duration.ofMinutes(30)), expired.at());
    }

    @Test
    void a_token_with_any_bit_changed_is_refused() {
        byte[] token = Base64.getUrlDecoder().decode(tokens.seal(position(new Random(2))));
        for (int bit = 0; bit < 8 * token.length; bit++) {
            byte[] changed = token.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(CallerError.class, () -> tokens.open(text(changed)), "bit " + bit);
        }
    }

    @Test
    void a_token_cut_anywhere_is_refused() {
        byte[] token = Base64.getUrlDecoder().decode(tokens.seal(position(new Random(3))));
        for (int length = 0; length < token.length; length++) {
            byte[] cut = Arrays.copyOf(token, length);
            assertThrows(CallerError.class, () -> tokens.open(text(cut)), "length " + length);
        }
    }

    @Test
    void a_token_of_another_key_is_refused() {
        PageTokens others = new PageTokens(PageTokens.randomKey(), Duration.ofMinutes(30), () -> now);
        String token = others.seal(position(new Random(4)));
        assertThrows(CallerError.class, () -> tokens.open(token));
    }

    @Test
    void the_longest_slate_fits_a_token() {
        int[] shown = new int[PagePosition.MAX_SHOWN];
        Arrays.fill(shown, Integer.MAX_VALUE);
        PagePosition position = position(new Random(5)).after(shown);
        OpenedToken.Valid opened = assertInstanceOf(OpenedToken.Valid.class, tokens.open(tokens.seal(position)));
        assertArrayEquals(shown, opened.position().shown());
    }

    @Test
    void fingerprints_tell_where_one_text_ends_and_the_next_begins() {
        assertNotEquals(PageTokens.fingerprint("ab", "c"), PageTokens.fingerprint("a", "bc"));
        assertEquals(PageTokens.fingerprint("ab", "c"), PageTokens.fingerprint("ab", "c"));
    }

    private static PagePosition position(Random random) {
        return new PagePosition(
                new BundleVersion("20260131000000000-0123456789ab"),
                "pipeline-ö-" + random.nextInt(),
                random.nextLong(),
                random.nextLong(),
                Instant.ofEpochMilli(random.nextLong(1L << 45)),
                random.ints(random.nextInt(50), 0, Integer.MAX_VALUE).toArray());
    }

    private static void assertSame(PagePosition expected, PagePosition actual, String message) {
        assertEquals(expected.version(), actual.version(), message);
        assertEquals(expected.pipeline(), actual.pipeline(), message);
        assertEquals(expected.question(), actual.question(), message);
        assertEquals(expected.seed(), actual.seed(), message);
        assertEquals(expected.time(), actual.time(), message);
        assertArrayEquals(expected.shown(), actual.shown(), message);
    }

    private static String text(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }
}
