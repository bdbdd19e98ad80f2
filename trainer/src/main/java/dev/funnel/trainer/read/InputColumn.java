package dev.funnel.trainer.read;

import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.TableWriter;
import java.util.Arrays;
import java.util.List;

/** The values of one column of items or users, one a row, of the kind that the bundle's table will hold. */
public sealed interface InputColumn {

    /** What it holds. */
    default ColumnKind kind() {
        return switch (this) {
            case Texts texts -> ColumnKind.TEXT;
            case Categories categories -> ColumnKind.CATEGORY;
            case CategoryLists lists -> ColumnKind.CATEGORY_LIST;
            case Numbers numbers -> ColumnKind.NUMBER;
            case Times times -> ColumnKind.TIME;
        };
    }

    /** Adds the column to a table of as many rows. */
    void writeTo(TableWriter table, String name);

    /** The values of these rows, in this order. */
    InputColumn rows(int[] rows);

    /** Free texts; the empty text is missing. */
    record Texts(String[] values) implements InputColumn {
        @Override
        public InputColumn rows(int[] rows) {
            return new Texts(Arrays.stream(rows).mapToObj(row -> values[row]).toArray(String[]::new));
        }

        @Override
        public void writeTo(TableWriter table, String name) {
            table.text(name, values);
        }
    }

    /** Categories; the empty text is missing. */
    record Categories(String[] values) implements InputColumn {
        @Override
        public InputColumn rows(int[] rows) {
            return new Categories(
                    Arrays.stream(rows).mapToObj(row -> values[row]).toArray(String[]::new));
        }

        @Override
        public void writeTo(TableWriter table, String name) {
            table.category(name, values);
        }
    }

    /** Lists of categories. */
    record CategoryLists(List<List<String>> values) implements InputColumn {
        @Override
        public InputColumn rows(int[] rows) {
            return new CategoryLists(Arrays.stream(rows).mapToObj(values::get).toList());
        }

        @Override
        public void writeTo(TableWriter table, String name) {
            table.categoryList(name, values);
        }
    }

    /** Numbers; NaN is missing. */
    record Numbers(float[] values) implements InputColumn {
        @Override
        public InputColumn rows(int[] rows) {
            float[] picked = new float[rows.length];
            for (int i = 0; i < rows.length; i++) {
                picked[i] = values[rows[i]];
            }
            return new Numbers(picked);
        }

        @Override
        public void writeTo(TableWriter table, String name) {
            table.number(name, values);
        }
    }

    /** Instants in milliseconds since 1970; {@link dev.funnel.bundle.TimeColumn#MISSING} is missing. */
    record Times(long[] values) implements InputColumn {
        @Override
        public InputColumn rows(int[] rows) {
            return new Times(Arrays.stream(rows).mapToLong(row -> values[row]).toArray());
        }

        @Override
        public void writeTo(TableWriter table, String name) {
            table.time(name, values);
        }
    }
}
