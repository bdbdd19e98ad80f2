package dev.funnel.trainer.evaluate.ranker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Small files of the data sets. */
final class RankerFiles {
    private RankerFiles() {}

    static void write(Path file, List<String> lines) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Two users, one app each. */
    static void frappe(Path folder) throws IOException {
        List<String> positives = List.of(
                "1 3:1 957:1 5040:1 5049:1 5054:1 5055:1 5059:1 5061:1 5077:1 5155:1",
                "1 4:1 958:1 5040:1 5049:1 5054:1 5055:1 5059:1 5061:1 5077:1 5155:1\r");
        write(folder.resolve("frappe.train.positives.libfm.gz"), positives);
        write(folder.resolve("frappe.validation.libfm.gz"), positives);
        write(
                folder.resolve("frappe.test.libfm.gz"),
                List.of(positives.getFirst(), positives.getLast().replace("1 4", "-1 4")));
    }

    static String adult(int age, String education, String income) {
        return age + ", Private, 77516, " + education
                + ", 13, Never-married, Sales, Husband, White, Male, 0, 0, 40, Cuba, " + income;
    }
}
