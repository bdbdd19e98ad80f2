package dev.funnel.inference.onnx;

/** A file is no ONNX model, or one whose parts do not fit together; says which part and why. */
public final class DamagedModelException extends Exception {
    DamagedModelException(String message) {
        super(message);
    }

    DamagedModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
