package dev.funnel.retrieval.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassingLinksTest {

    private static final int NODES = 200;

    private static LinkLists links() {
        LinkLists links = new LinkLists(NODES, 40);
        links.set(0, new int[] {1, 2, 3}, 3);
        links.set(1, new int[] {0, 10, 11}, 3);
        links.set(2, new int[] {12, 13}, 2);
        links.set(3, new int[] {12, 14, 15}, 3);
        return links;
    }

    private static int[] beyond(int node, LinkLists links, Visited visited, int... passing) {
        PassingLinks walk =
                new PassingLinks(links, next -> Arrays.stream(passing).anyMatch(one -> one == next));
        int[] into = new int[walk.most()];
        return Arrays.stream(into, 0, walk.of(node, visited, into)).sorted().toArray();
    }

    private static Visited visited() {
        Visited visited = new Visited(NODES);
        visited.clear();
        visited.add(0);
        return visited;
    }

    @Test
    void nodes_that_pass_are_met_and_through_those_that_do_not_their_links_that_do() {
        assertArrayEquals(new int[] {2, 10, 12, 15}, beyond(0, links(), visited(), 0, 2, 10, 12, 13, 15));
    }

    @Test
    void a_node_is_met_once() {
        Visited visited = visited();
        beyond(0, links(), visited, 2, 12);
        assertEquals(0, beyond(0, links(), visited, 2, 12).length);
        assertArrayEquals(new int[] {13}, beyond(2, links(), visited, 12, 13));
    }

    @Test
    void nothing_is_looked_for_beyond_where_enough_pass() {
        LinkLists links = links();
        links.set(0, IntStream.rangeClosed(1, 30).toArray(), 30);
        int[] allButOne = IntStream.range(0, NODES).filter(node -> node != 1).toArray();
        assertArrayEquals(IntStream.rangeClosed(2, 30).toArray(), beyond(0, links, visited(), allButOne));
    }

    @Test
    void the_most_is_never_exceeded() {
        LinkLists links = new LinkLists(NODES, 40);
        links.set(0, IntStream.rangeClosed(1, 40).toArray(), 40);
        IntStream.rangeClosed(1, 4)
                .forEach(node -> links.set(
                        node,
                        IntStream.rangeClosed(41 + 40 * (node - 1), 80 + 40 * (node - 1))
                                .toArray(),
                        40));
        int[] most = IntStream.rangeClosed(30, 120).toArray();
        assertTrue(beyond(0, links, visited(), most).length <= PassingLinks.most(links));
    }
}
