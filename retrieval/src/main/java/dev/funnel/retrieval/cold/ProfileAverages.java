package dev.funnel.retrieval.cold;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.StringVector;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TensorFileWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A vector for a user of whom only the profile is known: the average user's, plus for each group that the user is of (country,
 * language, gender, age) how much the average of that group's users differs from it, shrunk by n / (n + {@value #SHRINKAGE}) for a
 * group of n users, and divided by the number of groups, so that groups that say the same do not say it twice.
 */
public final class ProfileAverages {

    private static final int FEWEST_USERS = 5;
    private static final int SHRINKAGE = 20;
    private static final int MOST_GROUPS = 10_000;
    private static final String GROUPS = "profile_groups";
    private static final String VECTORS = "profile_vectors";

    private final Map<String, Integer> rows;
    private final FloatMatrix vectors;

    /** Row 0 is everybody's average; the others are what the groups add to it. */
    private ProfileAverages(Map<String, Integer> rows, FloatMatrix vectors) {
        this.rows = rows;
        this.vectors = vectors;
    }

    /** Adds up users one by one. */
    public static final class Counting {
        private final int dimensions;
        private final double[] all;
        private int count;
        private final Map<String, double[]> sums = new TreeMap<>();
        private final Map<String, Integer> counts = new HashMap<>();

        public Counting(int dimensions) {
            this.dimensions = dimensions;
            this.all = new double[dimensions];
        }

        /** A user with a fitted vector. Groups beyond {@value ProfileAverages#MOST_GROUPS} are not counted. */
        public void add(Profile profile, float[] vector) {
            count++;
            add(all, vector);
            for (String group : profile.groups()) {
                if (sums.containsKey(group) || sums.size() < MOST_GROUPS) {
                    add(sums.computeIfAbsent(group, key -> new double[dimensions]), vector);
                    counts.merge(group, 1, Integer::sum);
                }
            }
        }

        /** The averages of all that were added. */
        public ProfileAverages averages() {
            Map<String, Integer> rows = new TreeMap<>();
            for (String group : sums.keySet()) {
                if (counts.getOrDefault(group, 0) >= FEWEST_USERS) {
                    rows.put(group, rows.size() + 1);
                }
            }
            float[] flat = new float[(rows.size() + 1) * dimensions];
            for (int d = 0; d < dimensions; d++) {
                flat[d] = (float) (all[d] / Math.max(1, count));
            }
            rows.forEach((group, row) -> {
                int users = counts.getOrDefault(group, 0);
                double[] sum = sums.getOrDefault(group, all);
                for (int d = 0; d < dimensions; d++) {
                    double differs = sum[d] / users - all[d] / count;
                    flat[row * dimensions + d] = (float) (differs * users / (users + SHRINKAGE));
                }
            });
            return new ProfileAverages(rows, FloatMatrix.of(flat, rows.size() + 1, dimensions));
        }

        private static void add(double[] sum, float[] vector) {
            for (int d = 0; d < sum.length; d++) {
                sum[d] += vector[d];
            }
        }
    }

    /** The averages in a generator's tensors; empty if it has none. */
    public static Optional<ProfileAverages> read(TensorFile file, int dimensions) throws BundleRefusedException {
        if (!file.has(VECTORS)) {
            return Optional.empty();
        }
        StringVector groups = StringVector.read(file, GROUPS);
        Map<String, Integer> rows = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            rows.put(groups.value(i), i + 1);
        }
        return Optional.of(new ProfileAverages(rows, file.floats(VECTORS, groups.size() + 1, dimensions)));
    }

    /** Adds itself to a generator's tensors. */
    public void addTo(TensorFileWriter writer) {
        String[] groups = new String[rows.size()];
        rows.forEach((group, row) -> groups[row - 1] = group);
        writer.addStrings(GROUPS, groups).add(VECTORS, vectors);
    }

    /** The vector of a user with a profile; empty if the profile is of no group that is known. */
    public Optional<float[]> of(Profile profile) {
        List<Integer> known = profile.groups().stream()
                .filter(rows::containsKey)
                .map(group -> rows.getOrDefault(group, 0))
                .toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        float[] vector = vectors.row(0);
        for (int row : known) {
            for (int d = 0; d < vector.length; d++) {
                vector[d] += vectors.get(row, d) / known.size();
            }
        }
        return Optional.of(vector);
    }
}
