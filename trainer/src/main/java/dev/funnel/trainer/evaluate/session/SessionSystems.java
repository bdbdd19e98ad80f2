package dev.funnel.trainer.evaluate.session;

import java.util.List;
import java.util.stream.Collectors;

/** The systems that can be asked for the next item of a session. */
final class SessionSystems {

    static final List<SessionSystem> ALL = List.of(new SessionPopularity(), new SessionCovisitation());

    private SessionSystems() {}

    /** The system with a name as written on the command line; throws {@link IllegalArgumentException} naming all. */
    static SessionSystem named(String name) {
        return ALL.stream()
                .filter(system -> system.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("system is \"" + name + "\", on sessions it must be one of "
                                + ALL.stream().map(SessionSystem::name).collect(Collectors.joining(", "))));
    }
}
