package dev.funnel.inference.feature;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** What writes the columns of one block. */
sealed interface CompiledBlock {
    /** Writes the rows of {@code candidates} from row {@code at} on. */
    void write(RequestReadings request, CandidateReadings candidates, FeatureBlocks into, int at);

    /** Gives {@code missing} the number of candidates without a known row, for each lookup of the items' own. */
    void countMissing(CandidateReadings candidates, ObjIntConsumer<String> missing);

    /** A block of float32 that all candidates share. */
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
            Tile tile = into.tile(index);
            for (RequestPart part : parts) {
                part.write(request, tile);
            }
            BlockRows rows = into.rows(index, at);
            tile.copyTo(rows.values(), rows.first(), 1);
            if (!into.oneRow(index)) {
                rows.repeatFirst(candidates.size());
            }
        }

        /** None: what all candidates share is counted when it is read. */
        @Override
        public void countMissing(CandidateReadings candidates, ObjIntConsumer<String> missing) {}
    }

    /** A block of float32 with a row for each candidate. */
    final class OfCandidates implements CompiledBlock {
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
            MemorySegment block = into.values(index);
            Tile tile = into.tile(index);
            CandidatePart.Writing[] writing =
                    parts.stream().map(part -> part.of(candidates)).toArray(CandidatePart.Writing[]::new);
            for (int from = 0; from < candidates.size(); from += Tile.ROWS) {
                int to = Math.min(candidates.size(), from + Tile.ROWS);
                for (CandidatePart.Writing part : writing) {
                    part.write(from, to, tile);
                }
                tile.copyTo(block, at + from, to - from);
            }
        }

        @Override
        public void countMissing(CandidateReadings candidates, ObjIntConsumer<String> missing) {
            for (CandidatePart part : parts) {
                part.countMissing(candidates, missing);
            }
        }
    }

    /** A block of int64. */
    final class OfIndexes implements CompiledBlock {
        private final int index;
        private final boolean shared;
        private final List<IndexPart> parts = new ArrayList<>();

        /** @param shared whether all candidates share it */
        OfIndexes(int index, boolean shared) {
            this.index = index;
            this.shared = shared;
        }

        void add(IndexPart part) {
            parts.add(part);
        }

        @Override
        public void write(RequestReadings request, CandidateReadings candidates, FeatureBlocks into, int at) {
            BlockRows rows = into.rows(index, at);
            for (IndexPart part : parts) {
                part.write(request, candidates, rows);
            }
            if (shared && !into.oneRow(index)) {
                rows.repeatFirst(candidates.size());
            }
        }

        @Override
        public void countMissing(CandidateReadings candidates, ObjIntConsumer<String> missing) {
            for (IndexPart part : parts) {
                part.countMissing(candidates, missing);
            }
        }
    }
}
