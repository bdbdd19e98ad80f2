package dev.funnel.cli.command;

import dev.funnel.bundle.schema.BagFeature;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.CrossFeature;
import dev.funnel.bundle.schema.EmbeddingFeature;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import dev.funnel.runtime.config.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One feature of a training configuration; {@code kind} says what it is, see {@link Feature} and {@link Reading}. */
sealed interface FeatureSection {
    /** The input of the network that it belongs to; null: the one of its source. */
    @Nullable
    String block();

    /** The same in the form of a bundle's schema. */
    Feature declared();

    /** Where it comes from. */
    Source source();

    /** A number. */
    record Number(
            String name,
            Reading from,
            @Nullable String of,
            @Default("quantile") Scale scale,
            @Default("true") boolean powers,
            @Default("0.5") double missing,
            @Default("true") boolean missingFlag,
            @Nullable String block)
            implements FeatureSection {
        @Override
        public Feature declared() {
            return new NumberFeature(name, from, of, scale, powers, (float) missing, missingFlag);
        }

        @Override
        public Source source() {
            return from.source();
        }
    }

    /** One row of a table. */
    record Category(
            String name,
            Reading from,
            @Nullable String of,
            String table,
            @Nullable String block) implements FeatureSection {
        @Override
        public Feature declared() {
            return new CategoryFeature(name, from, of, table);
        }

        @Override
        public Source source() {
            return from.source();
        }
    }

    /** The mean of rows of a table. */
    record Bag(
            String name,
            Reading from,
            @Nullable String of,
            String table,
            @Nullable String block) implements FeatureSection {
        @Override
        public Feature declared() {
            return new BagFeature(name, from, of, table);
        }

        @Override
        public Source source() {
            return from.source();
        }
    }

    /** A vector of a table by item. */
    record Embedding(
            String name, Reading from, String of, @Nullable String block) implements FeatureSection {
        @Override
        public Feature declared() {
            return new EmbeddingFeature(name, from, of);
        }

        @Override
        public Source source() {
            return from.source();
        }
    }

    /** Categories that count together. */
    record Cross(
            String name,
            List<Part> parts,
            String table,
            @Nullable String block) implements FeatureSection {
        /** One of them. */
        record Part(Reading from, @Nullable String of) {}

        public Cross {
            if (parts.size() < 2) {
                throw new IllegalArgumentException("parts are " + parts.size() + ", must be at least 2");
            }
        }

        @Override
        public Feature declared() {
            return crossed();
        }

        private CrossFeature crossed() {
            return new CrossFeature(
                    name,
                    parts.stream()
                            .map(part -> new CrossFeature.Part(part.from, part.of))
                            .toList(),
                    table);
        }

        @Override
        public Source source() {
            return crossed().source();
        }
    }
}
