package dev.funnel.bundle.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the public research data is that some tests measure against: in the folder that the environment names as {@code FUNNEL_DATA}, else in
 * {@code ../shared/data} beside the repository. Its licences forbid a copy in here.
 */
public final class PublicData {
    private PublicData() {}

    /** The folder of one data set, e.g. {@code ncf-ml-1m}; the test that asks is skipped, saying why, if there is none. */
    public static Path folder(String name) {
        String configured = System.getenv("FUNNEL_DATA");
        Path data = configured == null ? repository().resolve("../shared/data").normalize() : Path.of(configured);
        Path folder = data.resolve(name);
        assumeTrue(Files.isDirectory(folder), "no data in " + folder + "; FUNNEL_DATA names where it is");
        return folder;
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder == null ? Path.of("") : folder;
    }
}
