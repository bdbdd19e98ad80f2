package dev.funnel.systemtests.border;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A module of the build, its package, and the modules whose code it may use. */
enum Module {
    PROTO("proto", "dev.funnel.proto"),
    BUNDLE("bundle", "dev.funnel.bundle"),
    RETRIEVAL("retrieval", "dev.funnel.retrieval", BUNDLE),
    INFERENCE("inference", "dev.funnel.inference", BUNDLE),
    RUNTIME("runtime", "dev.funnel.runtime", PROTO, BUNDLE),
    CANDIDATE("candidate-service", "dev.funnel.candidate", PROTO, RUNTIME, BUNDLE, RETRIEVAL, INFERENCE),
    RANKING("ranking-service", "dev.funnel.ranking", PROTO, RUNTIME, BUNDLE, INFERENCE),
    RERANKER("reranker-service", "dev.funnel.reranker", PROTO, RUNTIME, BUNDLE, INFERENCE),
    GATEWAY("gateway", "dev.funnel.gateway", PROTO, RUNTIME, BUNDLE),
    TRAINER("trainer", "dev.funnel.trainer", BUNDLE, RETRIEVAL, INFERENCE),
    BENCHMARKS(
            "benchmarks",
            "dev.funnel.benchmarks",
            PROTO,
            BUNDLE,
            RETRIEVAL,
            INFERENCE,
            RUNTIME,
            CANDIDATE,
            RANKING,
            RERANKER,
            GATEWAY,
            TRAINER),
    CLI(
            "cli",
            "dev.funnel.cli",
            PROTO,
            BUNDLE,
            RETRIEVAL,
            INFERENCE,
            RUNTIME,
            CANDIDATE,
            RANKING,
            RERANKER,
            GATEWAY,
            TRAINER,
            BENCHMARKS);

    private final String folder;
    private final String rootPackage;
    private final List<Module> mayImport;

    Module(String folder, String rootPackage, Module... mayImport) {
        this.folder = folder;
        this.rootPackage = rootPackage;
        this.mayImport = List.of(mayImport);
    }

    /** Its folder, which is also its artifact without the prefix {@code funnel-}. */
    String folder() {
        return folder;
    }

    /** All of its packages, as ArchUnit writes them. */
    String packages() {
        return rootPackage + "..";
    }

    boolean mayImport(Module other) {
        return other == this || mayImport.contains(other);
    }

    /** The packages of all modules whose code it must not use. */
    String[] forbiddenPackages() {
        return others().filter(other -> !mayImport(other)).map(Module::packages).toArray(String[]::new);
    }

    private Stream<Module> others() {
        return Arrays.stream(values()).filter(other -> other != this);
    }
}
