package dev.funnel.trainer.tower;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.UserTable;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.trainer.learn.Vocabularies;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A few items in two topics and two kinds of users, "a" and "b", each with a planted distribution over the items: a watches
 * mostly the first topic, b the second, and low numbers are more popular with both.
 */
final class SmallTables {
    static final int ITEMS = 24;

    final ItemTable items;
    final UserTable users;

    SmallTables(Path folder, Arena arena) throws IOException, BundleRefusedException {
        Path itemFile = folder.resolve("items.safetensors");
        Path userFile = folder.resolve("users.safetensors");
        new TableWriter(itemFile, ids(ITEMS))
                .category("topic", texts(item -> item % 2 == 0 ? "even" : "odd"))
                .categoryList(
                        "tags",
                        IntStream.range(0, ITEMS)
                                .mapToObj(i -> List.of("t" + i % 3, "all"))
                                .toList())
                .number("duration_seconds", numbers())
                .write();
        new TableWriter(userFile, new String[] {"a", "b"})
                .category("kind", new String[] {"a", "b"})
                .number("age", new float[] {20, 60})
                .write();
        this.items = ItemTable.load(TensorFile.open(itemFile, arena));
        this.users = UserTable.load(TensorFile.open(userFile, arena), ITEMS);
    }

    private static String[] ids(int size) {
        return IntStream.range(0, size).mapToObj(i -> "i" + i).toArray(String[]::new);
    }

    private static String[] texts(java.util.function.IntFunction<String> of) {
        return IntStream.range(0, ITEMS).mapToObj(of).toArray(String[]::new);
    }

    private static float[] numbers() {
        float[] numbers = new float[ITEMS];
        for (int item = 0; item < ITEMS; item++) {
            numbers[item] = 10 * item;
        }
        return numbers;
    }

    /** P(item | user): what is planted. */
    static double[] planted(int user) {
        double[] shares = new double[ITEMS];
        double sum = 0;
        for (int item = 0; item < ITEMS; item++) {
            shares[item] = (item % 2 == user ? 8.0 : 1.0) / (1 + item);
            sum += shares[item];
        }
        for (int item = 0; item < ITEMS; item++) {
            shares[item] /= sum;
        }
        return shares;
    }

    static RankingInput person(int user, int... watched) {
        byte[] kinds = new byte[watched.length];
        Arrays.fill(kinds, (byte) 1);
        float[] ones = new float[watched.length];
        Arrays.fill(ones, 1);
        long[] unknown = new long[watched.length];
        Arrays.fill(unknown, -1);
        History history = new History(watched, new long[watched.length], kinds, unknown, ones);
        return RankingInput.ofPerson(
                0,
                Map.of(
                        "kind", new FeatureValue.Text(user == 0 ? "a" : "b"),
                        "age", new FeatureValue.Number(user == 0 ? 20 : 60)),
                Map.of(),
                history,
                0);
    }

    TowerInput input(TowerExamples examples) {
        return new TowerInput(
                items,
                users,
                new Vocabularies.Counting().table(items).table(users).vocabularies(),
                List.of(),
                false,
                examples);
    }

    /** Labels drawn from what is planted; the input is the kind of the user. */
    record Planted(int size, long seed) implements TowerExamples {
        @Override
        public Epoch epoch(int number) {
            SplittableRandom random = new SplittableRandom(seed + number);
            int[] labels = new int[size];
            for (int i = 0; i < size; i++) {
                double left = random.nextDouble();
                double[] shares = planted(i % 2);
                while (labels[i] < ITEMS - 1 && left >= shares[labels[i]]) {
                    left -= shares[labels[i]++];
                }
            }
            return new Epoch() {
                @Override
                public int size() {
                    return labels.length;
                }

                @Override
                public int[] labels(int example) {
                    return new int[] {labels[example]};
                }

                @Override
                public RankingInput person(int example) {
                    return SmallTables.person(example % 2);
                }
            };
        }

        @Override
        public float[] labelShares() {
            float[] shares = new float[ITEMS];
            for (int item = 0; item < ITEMS; item++) {
                shares[item] = (float) ((planted(0)[item] + planted(1)[item]) / 2);
            }
            return shares;
        }
    }
}
