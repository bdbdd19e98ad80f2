package dev.funnel.trainer.rank;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureTransform;
import java.nio.FloatBuffer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The columns of all blocks of pages, read once: of training pages with tables that know nothing of their own fold, of validation pages
 * with whole ones. Whatever is done with pages later, learning or putting heads right, is done on these, so that no training page
 * is ever read with its own labels.
 */
final class TreeRows {
    private final FeatureTransform transform;
    private final FeatureBlocks blocks;
    private final int columns;
    private final float[] training;
    private final float[] validation;
    private final Map<ReadPage, Place> places = new IdentityHashMap<>();

    /** Where a page's rows are: from this one on. */
    private record Place(float[] values, int row) {}

    /**
     * Reads pages; leaves the tables whole.
     *
     * @param labels of the training pages
     */
    TreeRows(FeatureTransform transform, LabelTables labels, List<ReadPage> training, List<ReadPage> validation) {
        FeatureSchema schema = transform.schema();
        this.transform = transform;
        this.blocks = FeatureBlocks.rowPerCandidate(schema, ImpressionPages.LONGEST);
        this.columns = schema.blocks().stream().mapToInt(schema::width).sum();
        this.training = room(training, columns);
        this.validation = room(validation, columns);
        place(training, this.training);
        place(validation, this.validation);
        for (int fold = 0; fold < LabelTables.folds(); fold++) {
            labels.fill(fold);
            for (int page = 0; page < training.size(); page++) {
                if (LabelTables.fold(page) == fold) {
                    write(training.get(page));
                }
            }
        }
        labels.fill(LabelTables.WHOLE);
        validation.forEach(this::write);
    }

    /** How many numbers a row has. */
    int columns() {
        return columns;
    }

    /** The rows [examples, columns] of all training pages. */
    float[] training() {
        return training;
    }

    /** Those of all validation pages. */
    float[] validation() {
        return validation;
    }

    /** Those of some of these pages, as they were read. */
    float[] of(List<ReadPage> pages) {
        float[] values = room(pages, columns);
        int row = 0;
        for (ReadPage page : pages) {
            Place place = placeOf(page);
            System.arraycopy(place.values(), place.row() * columns, values, row * columns, page.size() * columns);
            row += page.size();
        }
        return values;
    }

    private static float[] room(List<ReadPage> pages, int columns) {
        long numbers = (long) HeadCalibration.examples(pages) * columns;
        if (numbers > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "%,d examples of %,d columns are more numbers than trees can be boosted on"
                            .formatted(HeadCalibration.examples(pages), columns));
        }
        return new float[(int) numbers];
    }

    private void place(List<ReadPage> pages, float[] values) {
        int row = 0;
        for (ReadPage page : pages) {
            places.put(page, new Place(values, row));
            row += page.size();
        }
    }

    private Place placeOf(ReadPage page) {
        return Objects.requireNonNull(places.get(page), "a page that was not read");
    }

    private void write(ReadPage page) {
        Place place = placeOf(page);
        transform.write(page.request(), page.candidates(), blocks, 0);
        int column = 0;
        for (int block = 0; block < blocks.size(); block++) {
            FloatBuffer values = blocks.buffer(block, page.size()).asFloatBuffer();
            for (int i = 0; i < page.size(); i++) {
                values.get(place.values(), (place.row() + i) * columns + column, blocks.width(block));
            }
            column += blocks.width(block);
        }
    }
}
