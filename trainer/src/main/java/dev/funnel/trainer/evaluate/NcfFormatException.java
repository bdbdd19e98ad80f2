package dev.funnel.trainer.evaluate;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the NCF split that breaks a rule of its format: the message names the file, the line and the rule. */
public final class NcfFormatException extends IOException {

    private static final long serialVersionUID = 1;

    NcfFormatException(Path file, int line, String rule) {
        super(file + " line " + line + ": " + rule);
    }
}
