package dev.funnel.cli.command;

import dev.funnel.cli.UsageException;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.evaluate.KnownLogRun;
import dev.funnel.cli.evaluate.ObjectivesRun;
import dev.funnel.cli.evaluate.OfflineTable;
import dev.funnel.cli.evaluate.PositionBiasRun;
import dev.funnel.cli.evaluate.RankingRun;
import dev.funnel.cli.evaluate.RerankRun;
import dev.funnel.cli.evaluate.ServedEvaluation;
import dev.funnel.cli.evaluate.ServedFigures;
import dev.funnel.cli.evaluate.ServedTable;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.evaluate.Entrant;
import dev.funnel.trainer.evaluate.EvaluationResult;
import dev.funnel.trainer.evaluate.FullSplit;
import dev.funnel.trainer.evaluate.MovieLens100k;
import dev.funnel.trainer.evaluate.MovieLensFeatures;
import dev.funnel.trainer.evaluate.NcfData;
import dev.funnel.trainer.evaluate.NcfSplit;
import dev.funnel.trainer.evaluate.OfflineEvaluation;
import dev.funnel.trainer.evaluate.OfflineSystem;
import dev.funnel.trainer.evaluate.OfflineSystems;
import dev.funnel.trainer.evaluate.Overrides;
import dev.funnel.trainer.evaluate.Split;
import dev.funnel.trainer.evaluate.ranker.RankerEvaluation;
import dev.funnel.trainer.evaluate.session.SessionEvaluation;
import dev.funnel.trainer.read.InteractionFiles;
import dev.funnel.trainer.read.TrainingInput;
import dev.funnel.trainer.train.HeldOutFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Evaluates a system on a published split, offline or as it is served. */
@Command(
        name = "evaluate",
        description = {
            "Fits a system on the training part of a split and evaluates it on the held-out part. The split is a published one"
                    + " (--data), or two files of interactions (--interactions, --test).",
            "retrieval: all retrieval systems, one line each.",
            "weighted-logistic: rankers on a simulated log whose expected watch time is known; needs no data.",
            "position-bias: trains a ranker on a demo world (--data) with and without the positions of impressions.",
            "objectives: what each head and formula of a ranker brings on a demo world (--data) with the bundle trained on it"
                    + " (--bundles).",
            "ranking: all rankers, on the public data sets in the folder --data (frappe, adult-census, kuairand, ncf-ml-1m).",
            "rerank: compares reranking policies on a demo world (--data, its folder) with the bundle trained on it"
                    + " (--bundles).",
            "served: trains the whole funnel, starts the services and asks the gateway for every test user."
        },
        mixinStandardHelpOptions = true)
public final class EvaluateCommand extends WorkingCommand {

    private static final long SEED = 1;

    /** What is evaluated beside the systems that are fitted offline. */
    private static final String SERVED = "served";

    /** Rankers on a simulated log whose expected watch time is known. */
    private static final String WEIGHTED_LOGISTIC = "weighted-logistic";

    /** A ranker with and without positions, on a demo world. */
    private static final String POSITION_BIAS = "position-bias";

    /** The objectives of a ranker, on a demo world. */
    private static final String OBJECTIVES = "objectives";

    /** Reranking policies, on a demo world. */
    private static final String RERANK = "rerank";

    /** All systems of the table that compares them. */
    private static final String RETRIEVAL = "retrieval";

    /** All rankers, on all public data sets. */
    private static final String RANKING = "ranking";

    /** Where side features of a split of MovieLens are looked for, beside it. */
    private static final String MOVIE_LENS = "ml-1m";

    /** Where the bundles of a demo world are, beside its data. */
    private static final String BUNDLES = "bundles";

    /** Names for the usage message. */
    static final class Subjects extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Subjects() {
            OfflineSystems.ALL.forEach(system -> add(system.name()));
            RankerEvaluation.names().forEach(this::add);
            add(RETRIEVAL);
            add(WEIGHTED_LOGISTIC);
            add(POSITION_BIAS);
            add(OBJECTIVES);
            add(RANKING);
            add(RERANK);
            add(SERVED);
        }
    }

    /** How. */
    enum How {
        NCF,
        FULL,
        SESSION;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SYSTEM", completionCandidates = Subjects.class, description = "${COMPLETION-CANDIDATES}")
    private String subject = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "folder with a split: ml-1m.train.rating.gz, ml-1m.test.rating.gz, ml-1m.test.negative.gz; or with"
                            + " MovieLens-100K (u.data.gz); or with sessions (train_sessions.txt.gz,"
                            + " test_prefix_label.txt.gz); or, for rankers, with Frappe, Adult or KuaiRand")
    private @Nullable Path data;

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            description =
                    "objectives, rerank: root of the bundles trained on the demo world (default: bundles, beside --data)")
    private @Nullable Path bundles;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "demo",
            description = "objectives, rerank: name of the bundle (default: ${DEFAULT-VALUE})")
    private String bundleName = "";

    @Option(
            names = "--objective",
            paramLabel = "NAME=FORMULA",
            description = "objectives: a further formula over the ranker's heads; may be repeated"
                    + " (default: mixed=click^0.5 * watch_time^0.5)")
    private Map<String, String> objectives = new LinkedHashMap<>(Map.of("mixed", "click^0.5 * watch_time^0.5"));

    @Option(names = "--policies", paramLabel = "FILE", description = "rerank: policies to compare (default: a sample)")
    private @Nullable Path policies;

    @Option(
            names = "--viewers",
            paramLabel = "N",
            defaultValue = "1000",
            description = "objectives, rerank: viewers asked for (default: ${DEFAULT-VALUE})")
    private int viewers;

    @Option(names = "--interactions", paramLabel = "FILE", description = "what to fit on, as the trainer reads it")
    private @Nullable Path interactions;

    @Option(names = "--test", paramLabel = "FILE", description = "what is held out, in the same form")
    private @Nullable Path test;

    @Option(
            names = "--items",
            paramLabel = "FILE",
            description = "table of the items; absent: those of the interactions")
    private @Nullable Path items;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "table of the users; absent: those of the interactions")
    private @Nullable Path users;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (default: what goes with the files of --data, full with"
                    + " --interactions)")
    private @Nullable How protocol;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "20",
            description = "protocol full: how many items of the ranking count (default: ${DEFAULT-VALUE})")
    private int k;

    @Option(names = "--dim", paramLabel = "N", description = "length of the vectors (default: the system's)")
    private @Nullable Integer dimensions;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "a setting of the system, instead of its default; the notes of the result show them; may be repeated")
    private Map<String, Double> settings = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "of everything random (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--validation",
            description =
                    "hold out a part of the training data, drawn by --seed, and never look at the held-out part: for"
                            + " choosing settings")
    private boolean validation;

    @Option(
            names = "--features",
            paramLabel = "DIR",
            description =
                    "folder of MovieLens-1M (users.dat.gz, movies.dat.gz): side features for a split of it (default: the"
                            + " folder ml-1m beside that of --data, if there is one)")
    private @Nullable Path features;

    @Override
    void run(Console console) throws Exception {
        Options.between("--k", k, 1, 1_000_000);
        if (dimensions != null) {
            Options.between("--dim", dimensions, 1, 1_024);
        }
        if (subject.equals(WEIGHTED_LOGISTIC)) {
            try (ScratchFolder scratch = ScratchFolder.create("funnel-evaluate-")) {
                KnownLogRun.run(seed, scratch.path(), console);
            }
        } else if (subject.equals(POSITION_BIAS)) {
            try (ScratchFolder scratch = ScratchFolder.create("funnel-evaluate-")) {
                PositionBiasRun.run(folder(), demoInput(), scratch.path(), console);
            }
        } else if (subject.equals(OBJECTIVES)) {
            ObjectivesRun.run(folder(), bundlesOfDemo(), bundleName, objectives, viewers, console);
        } else if (subject.equals(RERANK)) {
            RerankRun.run(folder(), bundlesOfDemo(), bundleName, policies, viewers, console);
        } else if (subject.equals(SERVED)) {
            served(console);
        } else if (subject.equals(RANKING)) {
            RankingRun.run(folder(), seed, validation, console);
        } else if (RankerEvaluation.has(subject) && interactions == null) {
            ranker(console);
        } else {
            offline(console);
        }
    }

    private Path bundlesOfDemo() {
        Options.between("--viewers", viewers, 1, 1_000_000);
        Path root = bundles == null ? folder().toAbsolutePath().resolveSibling(BUNDLES) : bundles;
        Options.require(Files.isDirectory(root), "--bundles", root, "is not a folder");
        return root;
    }

    private TrainingInput demoInput() {
        LogFiles files = new LogFiles(folder());
        return new TrainingInput(
                files.required("--items", items, "items"),
                files.optional(users, "users"),
                files.required("--interactions", interactions, "interactions"),
                files.required("--impressions", null, "impressions"),
                null);
    }

    private void ranker(Console console) throws IOException {
        RankerEvaluation evaluation =
                RankerEvaluation.read(folder(), seed, Runtime.getRuntime().availableProcessors(), console.progress());
        try {
            EvaluationResult result = evaluation.evaluate(subject, Overrides.of(overrides()), validation);
            console.object(OfflineTable.object(subject, result));
            OfflineTable.lines(Map.of(subject, result)).forEach(console::line);
        } catch (IllegalArgumentException e) {
            throw new UsageException("SYSTEM", subject, String.valueOf(e.getMessage()));
        }
    }

    private void served(Console console) throws Exception {
        NcfData split = NcfData.read(folder());
        try (ScratchFolder folder = ScratchFolder.create("funnel-evaluate-")) {
            List<ServedFigures> figures = new ServedEvaluation(split, folder.path(), SEED, console.progress()).run();
            figures.forEach(figure -> console.object(figure.json()));
            ServedTable.of(figures).forEach(console::line);
        }
    }

    private void offline(Console console) throws IOException {
        if (data != null && SessionEvaluation.isFor(data)) {
            sessions(data, console);
            return;
        }
        Options.require(protocol != How.SESSION, "--protocol", "session", "needs --data with sessions");
        List<Entrant> entrants = subject.equals(RETRIEVAL) ? Entrant.ALL : List.of(new Entrant(subject, overrides()));
        entrants.forEach(this::system); // an unknown one is refused before anything is read
        OfflineEvaluation evaluation = OfflineEvaluation.read(
                this::split, seed, Runtime.getRuntime().availableProcessors(), console.progress());
        Map<String, EvaluationResult> results = new LinkedHashMap<>();
        for (Entrant entrant : entrants) {
            EvaluationResult result = evaluate(evaluation, entrant);
            console.object(OfflineTable.object(entrant.label(), result));
            results.put(entrant.label(), result);
        }
        OfflineTable.lines(results).forEach(console::line);
    }

    private void sessions(Path folder, Console console) throws IOException {
        boolean fits = protocol == null || protocol == How.SESSION;
        Options.require(fits, "--protocol", String.valueOf(protocol), "needs users: the folder holds sessions");
        if (!SessionEvaluation.names().contains(subject)) {
            throw new UsageException(
                    "SYSTEM",
                    subject,
                    "must be one of " + String.join(", ", SessionEvaluation.names()) + " on sessions");
        }
        SessionEvaluation evaluation = SessionEvaluation.read(
                folder, validation, Runtime.getRuntime().availableProcessors(), console.progress());
        try {
            EvaluationResult result = evaluation.evaluate(subject, Overrides.of(overrides()));
            console.object(OfflineTable.object(subject, result));
            OfflineTable.lines(Map.of(subject, result)).forEach(console::line);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--set", overrides(), String.valueOf(e.getMessage()));
        }
    }

    private EvaluationResult evaluate(OfflineEvaluation evaluation, Entrant entrant) {
        try {
            return evaluation.evaluate(system(entrant), Overrides.of(entrant.settings()));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--set", entrant.settings(), String.valueOf(e.getMessage()));
        }
    }

    private OfflineSystem system(Entrant entrant) {
        try {
            return OfflineSystems.named(entrant.system());
        } catch (IllegalArgumentException e) {
            throw new UsageException("SYSTEM", subject, "must be one of " + String.join(", ", new Subjects()));
        }
    }

    private Map<String, Double> overrides() {
        Map<String, Double> all = new LinkedHashMap<>(settings);
        if (dimensions != null) {
            all.put("dim", dimensions.doubleValue());
        }
        return all;
    }

    private Split split(Progress progress) throws IOException {
        return interactions == null ? publishedSplit() : heldOutFiles(interactions, progress);
    }

    private Split publishedSplit() throws IOException {
        Path folder = folder();
        if (MovieLens100k.isFor(folder)) {
            Options.require(protocol != How.NCF, "--protocol", "ncf", "needs sampled negatives: the folder holds none");
            return MovieLens100k.read(folder, validation, k);
        }
        NcfData whole = NcfData.read(folder);
        NcfData part = validation ? whole.validation(seed) : whole;
        Path sideFeatures = features == null ? folder.toAbsolutePath().resolveSibling(MOVIE_LENS) : features;
        NcfSplit split = features == null && !Files.isDirectory(sideFeatures)
                ? NcfSplit.of(part)
                : MovieLensFeatures.read(part, sideFeatures, folder);
        return protocol == How.FULL ? FullSplit.of(split, k) : split;
    }

    private Split heldOutFiles(Path train, Progress progress) throws IOException {
        if (test == null) {
            throw new UsageException("--test", "", "is missing: name the file of what is held out");
        }
        Options.require(protocol != How.NCF, "--protocol", "ncf", "needs --data: the files hold no sampled negatives");
        Options.require(!validation, "--validation", true, "needs --data; hold out a part of the file instead");
        return HeldOutFiles.read(new InteractionFiles.Paths(train, test, items, users), k, progress);
    }

    private Path folder() {
        if (data == null) {
            throw new UsageException(
                    "--data", "", "is missing: name the folder of a split, or --interactions and --test");
        }
        Options.require(Files.isDirectory(data), "--data", data, "is not a folder");
        return data;
    }
}
