package dev.funnel.trainer.rank;

import dev.funnel.trainer.learn.graph.ModelOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Puts heads right once they are learnt: a line through each head's logits, then a bent one, fitted to pages that learning never saw,
 * because it is surer of those that it did. Where they are too few, to pages of the whole time: so few that it is cheap, so many that a
 * long tail is no noise. Networks saw their training pages' labels in the rows as well as in the weights; trees in the trees alone, since
 * {@link TreeRows} are without a page's own.
 */
final class HeadCalibration {
    /** Examples that heads are put right on, about, at most. */
    private static final int CALIBRATED = 200_000;

    /** With so many positives the validation pages alone are enough to put heads right on. */
    private static final int ENOUGH_POSITIVES = 1_000;

    /** What a ranker says of examples. */
    @FunctionalInterface
    interface Logits {
        /** Per head the logits of the pages' examples. */
        float[][] of(List<ReadPage> pages);
    }

    private HeadCalibration() {}

    /** What is to be served of each head's logit. */
    static List<ModelOutput.Transform> transforms(
            List<HeadKind> heads,
            RankerSettings.Weighting weighting,
            List<ReadPage> training,
            List<ReadPage> validation,
            Logits learnt) {
        List<ReadPage> pages = sample(training, validation);
        float[][] logits = learnt.of(pages);
        List<ModelOutput.Transform> transforms = new ArrayList<>();
        for (int h = 0; h < heads.size(); h++) {
            HeadKind head = heads.get(h);
            transforms.add(
                    head.servesMeans(weighting) ? putRight(head, logits[h], observed(head, pages)) : head.transform());
        }
        return transforms;
    }

    private static List<ReadPage> sample(List<ReadPage> training, List<ReadPage> validation) {
        if (positives(validation) >= ENOUGH_POSITIVES) {
            return validation;
        }
        List<ReadPage> all = new ArrayList<>(training);
        all.addAll(validation);
        int stride = Math.ceilDiv(examples(all), CALIBRATED);
        return IntStream.range(0, all.size())
                .filter(page -> page % stride == 0)
                .mapToObj(all::get)
                .toList();
    }

    private static long positives(List<ReadPage> pages) {
        long positives = 0;
        for (ReadPage page : pages) {
            for (boolean positive : page.page().positive()) {
                positives += positive ? 1 : 0;
            }
        }
        return positives;
    }

    /** How many examples pages have together. */
    static int examples(List<ReadPage> pages) {
        return pages.stream().mapToInt(ReadPage::size).sum();
    }

    private static ModelOutput.Transform putRight(HeadKind head, float[] logits, float[] observed) {
        MeanCalibration line = MeanCalibration.fit(head.link(), logits, observed);
        BendCalibration bend = BendCalibration.fit(head.link(), line.of(logits), observed);
        return line.before(bend.before(head.transform()));
    }

    private static float[] observed(HeadKind head, List<ReadPage> pages) {
        float[] observed = new float[examples(pages)];
        int row = 0;
        for (ReadPage page : pages) {
            for (int i = 0; i < page.size(); i++) {
                observed[row++] = head.observed(page.page(), i);
            }
        }
        return observed;
    }
}
