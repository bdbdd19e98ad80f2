package dev.funnel.trainer.train;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.generate.Asked;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.generate.FittedGenerator;
import dev.funnel.trainer.generate.FittingInput;
import dev.funnel.trainer.generate.GeneratorFiles;
import dev.funnel.trainer.generate.GeneratorPlan;
import dev.funnel.trainer.rank.ItemVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All generators of a configuration, fitted on one part of the log. Safe for several threads.
 *
 * @param members in the order of reports and features
 */
record FittedGenerators(List<Member> members) {

    /** One generator. */
    record Member(GeneratorPlan plan, FittedGenerator generator) {
        String name() {
            return plan.name();
        }
    }

    static FittedGenerators fit(List<GeneratorPlan> plans, FittingInput input, Progress progress) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            Progress part = progress.part((double) i / plans.size(), (i + 1.0) / plans.size());
            members.add(new Member(plans.get(i), plans.get(i).fitting().fit(input, part)));
        }
        return new FittedGenerators(List.copyOf(members));
    }

    List<String> names() {
        return members.stream().map(Member::name).toList();
    }

    List<GeneratorPlan> plans() {
        return members.stream().map(Member::plan).toList();
    }

    /** Those that answer each user differently. */
    List<Member> personal() {
        return members.stream().filter(one -> one.generator().personal()).toList();
    }

    /** What each generator would search for, by its name; those with nothing to go on are left out. */
    Map<String, Asked> ask(Asker asker) {
        Map<String, Asked> asked = new LinkedHashMap<>();
        for (Member one : members) {
            one.generator().ask(asker).ifPresent(search -> asked.put(one.name(), search));
        }
        return asked;
    }

    /** The item vectors of the generators of these names that have any, by name; without names, of the first that has any. */
    Map<String, ItemVectors> vectors(List<String> names) {
        Map<String, ItemVectors> vectors = new LinkedHashMap<>();
        for (Member one : members) {
            FloatMatrix rows = one.generator().itemVectors();
            if (rows != null && (names.isEmpty() ? vectors.isEmpty() : names.contains(one.name()))) {
                String file = GeneratorFiles.tensorsOf(one.name());
                vectors.put(one.name(), new ItemVectors(file, GeneratorFiles.ITEM_VECTORS, rows));
            }
        }
        return vectors;
    }
}
