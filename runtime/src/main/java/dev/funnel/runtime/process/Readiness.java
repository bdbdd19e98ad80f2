package dev.funnel.runtime.process;

import java.io.PrintStream;

/**
 * Tells whoever started the process, line by line, where it stands: {@code ready candidate-service 127.0.0.1:7101 bundle
 * demo/20260101000000000-0123456789ab} or {@code waiting candidate-service 127.0.0.1:7101 no bundle in ./bundles/demo}. A line is
 * printed only when it says something new. Programs may rely on the first three words.
 */
public final class Readiness {
    private final String service;
    private final PrintStream out;
    private String last = "";

    public Readiness(String service, PrintStream out) {
        this.service = service;
        this.out = out;
    }

    /** Nobody is told. */
    public static Readiness silent() {
        return new Readiness("", new PrintStream(PrintStream.nullOutputStream()));
    }

    /** @param serving what is served, e.g. {@code bundle demo/2026...} */
    public void ready(String address, String serving) {
        say("ready " + service + " " + address + " " + serving);
    }

    /** @param reason what is waited for */
    public void waiting(String address, String reason) {
        say("waiting " + service + " " + address + " " + reason);
    }

    private synchronized void say(String line) {
        if (!line.equals(last)) {
            last = line;
            out.println(line);
            out.flush();
        }
    }
}
