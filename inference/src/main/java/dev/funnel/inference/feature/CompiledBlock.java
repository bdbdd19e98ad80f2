package dev.funnel.inference.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** What writes the columns of one block. */
sealed interface CompiledBlock {
    /** Writes the rows of {@code candidates} from row {@code at} on. */
    void write(RequestReadings request, CandidateReadings candidates, FeatureBlocks into, int at);

    /** Gives {@code missing} the number of candidates without a known row, for each lookup of the items' own. */
    void countMissing(CandidateReadings candidates, ObjIntConsumer<String> missing);

    /** A block that all candidates share. */
    final class OfRequest implements CompiledBlock {
        private final int index;
        private final List<RequestPart> parts = new ArrayList<>();

        OfRequest(int index) {
            this.index = index;
        }

        void add(RequestPart part) {
            parts.add(part);
        }

        @Override
        public void write(RequestReadings request, CandidateReadings candidates, FeatureBlocks into, int at) {
            BlockRows rows = into.rows(index, at);
            for (RequestPart part : parts) {
                part.write(request, rows);
            }
            if (!into.oneRow(index)) {
                rows.repeatFirst(candidates.size());
            }
        }

        /** None: what all candidates share is counted when it is read. */
        @Override
        public void countMissing(CandidateReadings candidates, ObjIntConsumer<String> missing) {}
    }

    /** A block with a row for each candidate. */
    final class OfCandidates implements CompiledBlock {
        /** Rows that are written by all features before the next ones are: so few stay in the nearest cache meanwhile. */
        private static final int TILE = 32;

        private final int index;
        private final List<CandidatePart> parts = new ArrayList<>();

        OfCandidates(int index) {
            this.index = index;
        }

        void add(CandidatePart part) {
            parts.add(part);
        }

        @Override
        public void write(RequestReadings request, CandidateReadings candidates, FeatureBlocks into, int at) {
            BlockRows rows = into.rows(index, at);
            for (int from = 0; from < candidates.size(); from += TILE) {
                int to = Math.min(candidates.size(), from + TILE);
                for (CandidatePart part : parts) {
                    part.write(candidates, from, to, rows);
                }
            }
        }

        @Override
        public void countMissing(CandidateReadings candidates, ObjIntConsumer<String> missing) {
            for (CandidatePart part : parts) {
                part.countMissing(candidates, missing);
            }
        }
    }
}
