package dev.funnel.trainer.read;

import java.io.IOException;
import java.nio.file.Path;

/** An input file that cannot be trained on: the message names the file and the rule, and says what was found. */
public final class InputRefusedException extends IOException {

    private static final long serialVersionUID = 1;

    public InputRefusedException(Path file, String rule) {
        super(file + ": " + rule);
    }

    public InputRefusedException(Path file, String rule, Throwable cause) {
        super(file + ": " + rule, cause);
    }
}
