package dev.funnel.inference.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** What writes the columns of one block. */
sealed interface CompiledBlock {
    /** Writes the rows of {@code candidates} from row {@code at} on. */
    void write(RequestReadings request, CandidateReadings candidates, FeatureBlocks into, int at);

    /** Gives {@code missing} the number of candidates without a known row, for each lookup of the candidates' own. */
    void countMissing(CandidateReadings candidates, ObjIntConsumer<String> missing);

    /** A block that all candidates share. */
    final class OfRequest implements CompiledBlock {
        private final int index;
        private final List<NumberPart> numbers = new ArrayList<>();
        private final List<RequestLookupPart> lookups = new ArrayList<>();
        private final List<SharedVector> vectors = new ArrayList<>();

        private record SharedVector(int slot, int column) {}

        OfRequest(int index) {
            this.index = index;
        }

        void add(NumberPart part) {
            numbers.add(part);
        }

        void add(RequestLookupPart part) {
            lookups.add(part);
        }

        void addVector(int slot, int column) {
            vectors.add(new SharedVector(slot, column));
        }

        @Override
        public void write(RequestReadings request, CandidateReadings candidates, FeatureBlocks into, int at) {
            BlockRows rows = into.rows(index, at);
            numbers.forEach(part -> part.write(request.numbers()[part.slot()], rows));
            lookups.forEach(part -> part.write(request.rows()[part.lookup().slot()], rows));
            vectors.forEach(vector -> rows.set(0, vector.column(), request.vectors()[vector.slot()]));
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
        private final int index;
        private final List<NumberPart> numbers = new ArrayList<>();
        private final List<ItemLookupPart> lookups = new ArrayList<>();
        private final List<VectorPart> vectors = new ArrayList<>();

        OfCandidates(int index) {
            this.index = index;
        }

        void add(NumberPart part) {
            numbers.add(part);
        }

        void add(ItemLookupPart part) {
            lookups.add(part);
        }

        void add(VectorPart part) {
            vectors.add(part);
        }

        @Override
        public void write(RequestReadings request, CandidateReadings candidates, FeatureBlocks into, int at) {
            BlockRows rows = into.rows(index, at);
            numbers.forEach(part -> part.write(candidates.numbers()[part.slot()], rows));
            lookups.forEach(part -> part.write(candidates.items(), rows));
            vectors.forEach(part -> part.write(candidates.items(), rows));
        }

        @Override
        public void countMissing(CandidateReadings candidates, ObjIntConsumer<String> missing) {
            for (ItemLookupPart part : lookups) {
                int count = 0;
                for (int item : candidates.items()) {
                    count += part.known(item) ? 0 : 1;
                }
                missing.accept(part.lookup().feature(), count);
            }
        }
    }
}
