package dev.funnel.trainer.simulate;

/** How generated files are written. */
public enum FileFormat {
    PARQUET("parquet", "FORMAT parquet, COMPRESSION zstd"),
    CSV("csv", "FORMAT csv, HEADER"),
    JSON_LINES("jsonl", "FORMAT json");

    private final String extension;
    private final String copyOptions;

    FileFormat(String extension, String copyOptions) {
        this.extension = extension;
        this.copyOptions = copyOptions;
    }

    /** The file of a table, e.g. {@code items.parquet}. */
    public String fileOf(String table) {
        return table + "." + extension;
    }

    String copyOptions() {
        return copyOptions;
    }
}
