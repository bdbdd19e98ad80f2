package dev.funnel.trainer.read;

import java.nio.file.Path;
import java.util.Locale;

/** The format of an input file, told by its name. */
enum InputFormat {
    CSV,
    PARQUET,
    JSON_LINES;

    static InputFormat of(Path file) throws InputRefusedException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
            case "csv", "tsv" -> CSV;
            case "jsonl", "ndjson", "json" -> JSON_LINES;
            case "parquet" -> {
                if (!plain.equals(name)) {
                    throw new InputRefusedException(file, "Parquet is compressed inside, it cannot be .gz");
                }
                yield PARQUET;
            }
            default ->
                throw new InputRefusedException(
                        file, "the name must end in .csv, .tsv, .jsonl, .ndjson, .json (each also .gz) or .parquet");
        };
    }
}
