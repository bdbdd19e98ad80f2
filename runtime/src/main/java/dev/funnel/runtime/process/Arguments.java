package dev.funnel.runtime.process;

import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.config.Names;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a serving process: {@code --config FILE [--exit-with-parent]}.
 *
 * @param configuration the YAML file
 * @param exitWithParent whether to stop when the process that started this one is gone
 */
record Arguments(Path configuration, boolean exitWithParent) {
    private static final List<String> OPTIONS = List.of("--config", "--exit-with-parent");
    private static final String USAGE = "usage: --config FILE [--exit-with-parent]";

    static Arguments parse(String... args) {
        @Nullable Path configuration = null;
        boolean exitWithParent = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--config" -> configuration = Path.of(value(args, ++i));
                case "--exit-with-parent" -> exitWithParent = true;
                default ->
                    throw new InvalidConfiguration(
                            "unknown option \"" + args[i] + "\"; " + Names.suggestion(args[i], OPTIONS) + " " + USAGE);
            }
        }
        if (configuration == null) {
            throw new InvalidConfiguration("--config is missing; " + USAGE);
        }
        return new Arguments(configuration, exitWithParent);
    }

    private static String value(String[] args, int index) {
        if (index == args.length) {
            throw new InvalidConfiguration(args[index - 1] + " needs a value; " + USAGE);
        }
        return args[index];
    }
}
