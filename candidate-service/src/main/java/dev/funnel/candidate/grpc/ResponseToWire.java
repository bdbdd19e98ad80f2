package dev.funnel.candidate.grpc;

import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.retrieve.GeneratorStatus;
import dev.funnel.candidate.retrieve.Outcome;
import dev.funnel.candidate.retrieve.Retrieval;
import dev.funnel.proto.candidate.v1.GeneratorDescription;
import dev.funnel.proto.candidate.v1.GeneratorOutcome;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.runtime.wire.FloatColumn;
import dev.funnel.runtime.wire.ReportsToWire;
import dev.funnel.runtime.wire.ToWire;
import java.util.Arrays;

/** Writes answers. */
final class ResponseToWire {
    private ResponseToWire() {}

    static RetrieveResponse retrieval(Retrieval retrieval) {
        return RetrieveResponse.newBuilder()
                .setBundle(ToWire.bundleRef(retrieval.bundle()))
                .setCandidates(ToWire.candidates(retrieval.candidates()))
                .addAllOutcomes(retrieval.outcomes().stream()
                        .map(ResponseToWire::outcome)
                        .toList())
                .addAllDegradations(ReportsToWire.degradations(retrieval.degradations()))
                .setReport(ReportsToWire.report(retrieval.report()))
                .addAllTraces(ReportsToWire.traces(retrieval.traces()))
                .build();
    }

    static GeneratorDescription description(Generator generator) {
        GeneratorEntry entry = generator.entry();
        String similarity = entry.similarity();
        return GeneratorDescription.newBuilder()
                .setName(entry.name())
                .setKind(entry.kind())
                .setSimilarity(similarity == null ? "" : similarity)
                .setDimensions(entry.dimensions())
                .setDefaultLimit(entry.defaultLimit())
                .setMeasuredRecall(generator.indexRecall())
                .setIndex(generator.index())
                .build();
    }

    private static GeneratorOutcome outcome(Outcome outcome) {
        return GeneratorOutcome.newBuilder()
                .setGenerator(outcome.generator())
                .setStatus(status(outcome.status()))
                .setReturned(outcome.returned())
                .setFiltered(outcome.filtered())
                .setExact(outcome.exact())
                .setOriginValue(outcome.origin().ordinal())
                .setLimit(outcome.limit())
                .addAllSecondPositions(
                        Arrays.stream(outcome.second().positions()).boxed().toList())
                .addAllSecondScores(FloatColumn.of(outcome.second().scores()))
                .build();
    }

    private static dev.funnel.proto.candidate.v1.GeneratorStatus status(GeneratorStatus status) {
        return switch (status) {
            case OK -> dev.funnel.proto.candidate.v1.GeneratorStatus.GENERATOR_STATUS_OK;
            case NOT_APPLICABLE -> dev.funnel.proto.candidate.v1.GeneratorStatus.GENERATOR_STATUS_NOT_APPLICABLE;
            case LATE -> dev.funnel.proto.candidate.v1.GeneratorStatus.GENERATOR_STATUS_LATE;
            case FAILED -> dev.funnel.proto.candidate.v1.GeneratorStatus.GENERATOR_STATUS_FAILED;
            case UNKNOWN -> dev.funnel.proto.candidate.v1.GeneratorStatus.GENERATOR_STATUS_UNKNOWN;
        };
    }
}
