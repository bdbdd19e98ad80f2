package dev.funnel.cli.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * One process of a local cluster.
 *
 * @param part which part of the catalogue it serves, from 0; 0 unless candidate generation is spread over several
 * @param of over how many
 */
record Member(Service service, int part, int of) {
    /** All processes, candidate generation in so many parts. */
    static List<Member> all(int candidateParts) {
        List<Member> members = new ArrayList<>();
        for (Service service : Service.values()) {
            int of = service == Service.CANDIDATE ? candidateParts : 1;
            for (int part = 0; part < of; part++) {
                members.add(new Member(service, part, of));
            }
        }
        return members;
    }

    /** Its name in files and messages. */
    String label() {
        return service.label() + (of == 1 ? "" : "-" + part);
    }
}
