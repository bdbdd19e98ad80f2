package dev.funnel.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columns_are_as_wide_as_their_widest_cell_and_numbers_stand_to_the_right() {
        TextTable table = new TextTable("place", "title").row(1, "Harbour").row(10, "A");
        assertEquals(List.of("place  title", "-----  -------", "    1  Harbour", "   10  A"), table.lines());
    }

    @Test
    void a_long_cell_is_cut_and_control_characters_do_not_reach_the_terminal() {
        List<String> lines =
                new TextTable("title").row("\u001b[31m" + "x".repeat(1_000_000)).lines();
        assertTrue(lines.get(2).length() <= 110, () -> "length " + lines.get(2).length());
        assertTrue(lines.get(2).startsWith(" [31mx"), lines.get(2));
        assertTrue(lines.get(2).endsWith("..."), lines.get(2));
    }

    @Test
    void a_row_of_another_width_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new TextTable("a", "b").row(1));
    }
}
