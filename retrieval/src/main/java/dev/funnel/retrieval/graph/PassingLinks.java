package dev.funnel.retrieval.graph;

import java.util.function.IntPredicate;

/**
 * Where a walk through a filter goes on to: the nodes that pass, among a node's links and, while those are few, among the links of its links
 * that do not pass. So the work of a walk grows little as fewer pass, until the links of links hold too few (Patel et al. 2024,
 * <i>ACORN</i>, section 5). Memory for one search at a time.
 */
final class PassingLinks implements Expansion {

    /** With so many nodes to go on to, no links of links are looked at: half as many as a node has on the average. */
    private static final int ENOUGH = 12;

    private final Links links;
    private final IntPredicate passes;
    private final int[] near;
    private final int[] far;

    PassingLinks(Links links, IntPredicate passes) {
        this.links = links;
        this.passes = passes;
        this.near = new int[links.most()];
        this.far = new int[links.most()];
    }

    @Override
    public int of(int node, Visited visited, int[] into) {
        int count = 0;
        int blocked = 0;
        int direct = links.of(node, near);
        for (int i = 0; i < direct; i++) {
            int next = near[i];
            if (visited.has(next)) {
                continue;
            }
            if (passes.test(next)) {
                visited.add(next);
                into[count++] = next;
            } else {
                near[blocked++] = next;
            }
        }
        for (int i = 0; i < blocked && count < ENOUGH; i++) {
            visited.add(near[i]);
            count = beyond(near[i], visited, into, count);
        }
        return count;
    }

    private int beyond(int node, Visited visited, int[] into, int already) {
        int count = already;
        int indirect = links.of(node, far);
        for (int i = 0; i < indirect; i++) {
            if (!visited.has(far[i]) && passes.test(far[i])) {
                visited.add(far[i]);
                into[count++] = far[i];
            }
        }
        return count;
    }

    @Override
    public int most() {
        return most(links);
    }

    /** The most nodes that any walk over these links goes on to from one. */
    static int most(Links links) {
        return links.most() + ENOUGH;
    }
}
