package dev.funnel.trainer.read;

/**
 * Something that makes a row bad.
 *
 * @param column the column at fault
 * @param rule what is wrong, as it follows the column's name in a sentence
 * @param broken SQL that is true for a bad row
 * @param shown SQL of the text to show of one
 */
record RowRule(String column, String rule, String broken, String shown) {

    static RowRule of(String column, String rule, String broken, Cell cell) {
        return new RowRule(column, rule, broken, cell.shown());
    }

    String sentence() {
        return column + " " + rule;
    }
}
