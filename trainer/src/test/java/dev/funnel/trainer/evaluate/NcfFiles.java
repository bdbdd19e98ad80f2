package dev.funnel.trainer.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** The three files of a small split, to be written as they are or spoilt. Two users, five items, two negatives each. */
final class NcfFiles {
    String train = "0\t0\t5\t0\n0\t1\t3\t0\n1\t1\t4\t0\n";
    String test = "0\t2\t5\t978824351\n1\t0\t3\t978300174\n";
    String negatives = "(0,2)\t3\t4\n(1,0)\t3\t0\n";

    Path write(Path folder) throws IOException {
        write(folder.resolve("ml-1m.train.rating.gz"), train);
        write(folder.resolve("ml-1m.test.rating.gz"), test);
        write(folder.resolve("ml-1m.test.negative.gz"), negatives);
        return folder;
    }

    private static void write(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(UTF_8));
        }
    }
}
