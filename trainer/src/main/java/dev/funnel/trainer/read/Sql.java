package dev.funnel.trainer.read;

import java.nio.file.Path;

/** Quoting for SQL. */
final class Sql {

    private Sql() {}

    static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String text(String literal) {
        return "'" + literal.replace("'", "''") + "'";
    }

    static String path(Path file) {
        return text(file.toString());
    }
}
