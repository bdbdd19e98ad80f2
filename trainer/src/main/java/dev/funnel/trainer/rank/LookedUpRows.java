package dev.funnel.trainer.rank;

import dev.funnel.inference.feature.CandidateRows;
import dev.funnel.inference.feature.Lookup;
import dev.funnel.inference.feature.Vocabulary;

/** Says which rows of a table a page's examples look up, and which share of the average each row is. */
interface LookedUpRows {
    /** A row that all examples of the page look up. */
    void ofPage(int row, float share);

    /** A row that example {@code i} of the page looks up. */
    void ofExample(int row, int i, float share);

    /** Names the rows of a lookup, in order of the examples. */
    static void visit(Lookup lookup, ReadPage page, LookedUpRows visitor) {
        switch (lookup) {
            case Lookup.OfRequest ofRequest -> {
                int[] rows = page.request().rows()[ofRequest.slot()];
                for (int row : rows) {
                    visitor.ofPage(row, 1f / rows.length);
                }
            }
            case Lookup.OfItem ofItem -> visitItems(ofItem, page.candidates().items(), page.size(), visitor);
            case Lookup.OfCandidate cross ->
                visitCandidates(page.candidates().rows()[cross.slot()], page.size(), visitor);
        }
    }

    private static void visitItems(Lookup.OfItem lookup, int[] items, int examples, LookedUpRows visitor) {
        for (int i = 0; i < examples; i++) {
            int known = 0;
            for (int v = 0; v < lookup.count(items[i]); v++) {
                known += lookup.row(items[i], v) == Vocabulary.UNKNOWN ? 0 : 1;
            }
            for (int v = 0; v < lookup.count(items[i]); v++) {
                int row = lookup.row(items[i], v);
                if (row != Vocabulary.UNKNOWN) {
                    visitor.ofExample(row, i, 1f / known);
                }
            }
        }
    }

    private static void visitCandidates(CandidateRows read, int examples, LookedUpRows visitor) {
        for (int i = 0; i < examples; i++) {
            int begin = read.begin(i);
            int end = read.ends()[i];
            for (int r = begin; r < end; r++) {
                visitor.ofExample(read.rows()[r], i, 1f / (end - begin));
            }
        }
    }
}
