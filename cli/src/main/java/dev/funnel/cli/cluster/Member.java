package dev.funnel.cli.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One process of a local cluster.
 *
 * @param part which part of the catalogue it serves, from 0; 0 unless candidate generation is spread over several
 * @param of over how many
 * @param replica which of those that serve the same, from 0
 */
record Member(Service service, int part, int of, int replica) {
    /** All processes, candidate generation in so many parts, and each as often as is said. */
    static List<Member> all(int candidateParts, Map<Service, Integer> replicas) {
        List<Member> members = new ArrayList<>();
        for (Service service : Service.values()) {
            int of = service == Service.CANDIDATE ? candidateParts : 1;
            for (int part = 0; part < of; part++) {
                for (int replica = 0; replica < replicas.getOrDefault(service, 1); replica++) {
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
