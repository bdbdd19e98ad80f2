package dev.funnel.cli.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * One process of a local cluster.
 *
 * @param part which part of the catalogue it serves, from 0; 0 unless candidate generation is spread over several
 * @param of over how many
 * @param replica which of those that serve the same, from 0
 */
record Member(Service service, int part, int of, int replica) {
    /** All processes, candidate generation in so many parts, each so many times. */
    static List<Member> all(int candidateParts, int candidateReplicas) {
        List<Member> members = new ArrayList<>();
        for (Service service : Service.values()) {
            int of = service == Service.CANDIDATE ? candidateParts : 1;
            int replicas = service == Service.CANDIDATE ? candidateReplicas : 1;
            for (int part = 0; part < of; part++) {
                for (int replica = 0; replica < replicas; replica++) {
                    members.add(new Member(service, part, of, replica));
                }
            }
        }
        return members;
    }

    /** Its name in files and messages. */
    String label() {
        return service.label() + (of == 1 ? "" : "-" + part) + (replica == 0 ? "" : "-replica-" + replica);
    }
}
