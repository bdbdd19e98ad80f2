package dev.funnel.trainer.rank;

import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.trainer.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the pages of all examples and reads their features, on several threads; the result does not depend on how many. */
final class ExampleReading {
    private static final String WORK = "reading the ranker's features";
    private static final int PAGES_A_TASK = 64;

    private final RankerTrainingInput input;
    private final RankerSettings settings;
    private final List<PageReader> readers;
    private final CountedItems statistics;

    /** @param transforms one for each step of the statistics */
    ExampleReading(
            RankerTrainingInput input,
            RankerSettings settings,
            List<FeatureTransform> transforms,
            CountedItems statistics) {
        this.input = input;
        this.settings = settings;
        this.readers = transforms.stream()
                .map(transform -> new PageReader(input, transform))
                .toList();
        this.statistics = statistics;
    }

    /** The pages, oldest first; without times in a seeded order. */
    List<ReadPage> read(Progress progress) {
        return switch (input.examples()) {
            case Examples.Impressions shown -> {
                List<Page> pages = ImpressionPages.of(shown, settings.mostExamples());
                yield read(pages.size(), pages::get, progress);
            }
            case Examples.Positives held -> {
                SampledPages sampled = new SampledPages(held.positives(), input, settings);
                List<int[]> groups = sampled.groups();
                yield read(groups.size(), number -> sampled.page(groups.get(number), number), progress);
            }
        };
    }

    private List<ReadPage> read(int count, IntFunction<@Nullable Page> pages, Progress progress) {
        try (ExecutorService pool = Executors.newFixedThreadPool(settings.threads())) {
            List<Future<List<ReadPage>>> parts = new ArrayList<>();
            for (int from = 0; from < count; from += PAGES_A_TASK) {
                int first = from;
                int end = Math.min(count, from + PAGES_A_TASK);
                parts.add(pool.submit(() -> IntStream.range(first, end)
                        .mapToObj(pages)
                        .filter(Objects::nonNull)
                        .map(page ->
                                readers.get(statistics.stepAt(page.timeMs())).read(page))
                        .toList()));
            }
            try {
                return collect(parts, progress);
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private static List<ReadPage> collect(List<Future<List<ReadPage>>> parts, Progress progress) {
        List<ReadPage> pages = new ArrayList<>();
        try {
            for (int i = 0; i < parts.size(); i++) {
                progress.advance(WORK, (double) i / parts.size());
                pages.addAll(parts.get(i).get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted: " + WORK);
        } catch (ExecutionException e) {
            throw new IllegalStateException("features could not be read: " + e.getCause(), e.getCause());
        }
        return pages;
    }
}
