package dev.funnel.inference.engine;

/** A network cannot be loaded, or does not fit its feature schema; says what the schema wants and what the network has. */
public final class EngineRefusedException extends Exception {
    public EngineRefusedException(String message) {
        super(message);
    }

    public EngineRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
