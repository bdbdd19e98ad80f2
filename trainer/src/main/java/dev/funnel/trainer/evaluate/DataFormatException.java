package dev.funnel.trainer.evaluate;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a data set that breaks a rule of its format: the message names the file, the line and the rule. */
public final class DataFormatException extends IOException {

    private static final long serialVersionUID = 1;

    DataFormatException(Path file, int line, String rule) {
        super(file + " line " + line + ": " + rule);
    }
}
