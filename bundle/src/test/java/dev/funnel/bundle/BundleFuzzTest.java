package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages a bundle at random. With the hashes left alone every damage is refused; with the hashes made to agree, the parsers behind
 * them meet the damage and either refuse it or hand out tables that can be read to the end. Nothing else is ever thrown.
 */
class BundleFuzzTest {
    private static final long SEED = Long.getLong("funnel.fuzz.seed", 20260131);
    private static final int ROUNDS = Integer.getInteger("funnel.fuzz.rounds", 300);

    @TempDir
    Path root;

    private ForgedBundle bundle;
    private List<String> files;

    @BeforeEach
    void publish() throws Exception {
        bundle = ForgedBundle.under(root);
        files = BundleDirectory.list(bundle.directory()).keySet().stream().toList();
    }

    @Test
    void any_damage_is_refused() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            String file = files.get(random.nextInt(files.size()));
            byte[] before = bundle.read(file);
            byte[] after = damaged(before.clone(), random, before.length);
            if (!Arrays.equals(before, after)) {
                bundle.write(file, after);
                assertThrows(BundleRefusedException.class, () -> open(bundle.directory()), message(round, file));
                bundle.write(file, before);
            }
        }
    }

    @Test
    void damage_behind_the_hashes_is_refused_or_harmless() throws Exception {
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            String file = files.get(random.nextInt(files.size()));
            byte[] manifest = bundle.read(BundlePaths.MANIFEST);
            byte[] before = bundle.read(file);
            // Mostly the first bytes, where headers are.
            int reach = random.nextInt(3) > 0 ? Math.min(before.length, 1200) : before.length;
            byte[] after = damaged(before.clone(), random, reach);
            refused += refuses(round, file, after) ? 1 : 0;
            Files.write(bundle.file(file), before);
            bundle.writeManifest(manifest);
        }
        assertTrue(refused > ROUNDS / 2, "only " + refused + " of " + ROUNDS + " were refused, seed " + SEED);
    }

    /** Whether the bundle is refused with {@code after} in place of {@code file}; every other round, with the tensors of its new header. */
    private boolean refuses(int round, String file, byte[] after) {
        try {
            if (file.equals(BundlePaths.MANIFEST)) {
                bundle.writeManifest(after);
            } else if (round % 2 == 0) {
                bundle.write(file, after).sign(file);
            } else {
                bundle.write(file, after).signWithTensors(file);
            }
            open(bundle.directory());
            return false;
        } catch (BundleRefusedException e) {
            return true;
        } catch (Throwable e) {
            throw new AssertionError(message(round, file), e);
        }
    }

    private static String message(int round, String file) {
        return "seed " + (SEED + round) + ", file " + file;
    }

    private static byte[] damaged(byte[] bytes, Random random, int reach) {
        if (random.nextInt(8) == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length + 64));
        }
        int flips = 1 + random.nextInt(3);
        for (int i = 0; i < flips; i++) {
            int at = random.nextInt(reach);
            bytes[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
                case 1 -> (byte) random.nextInt(256);
                case 2 -> (byte) "0123456789-.eE{}[]\",:".charAt(random.nextInt(21));
                default -> bytes[random.nextInt(reach)];
            };
        }
        return bytes;
    }

    private static void open(Path directory) throws BundleRefusedException {
        try (Bundle bundle = Bundle.open(directory)) {
            readToTheEnd(bundle.items());
            readToTheEnd(bundle.users());
            for (int row = 0; row < bundle.users().size(); row++) {
                for (int item : bundle.users().history(row).items()) {
                    bundle.items().id(item);
                }
            }
            bundle.summary().text();
        }
    }

    private static void readToTheEnd(Table table) {
        for (int row = 0; row < table.size(); row++) {
            if (table.indexOf(table.id(row)) != row) {
                throw new AssertionError("row " + row + " is not found by its id");
            }
            for (Column column : table.columns().values()) {
                read(column, row);
            }
        }
    }

    private static void read(Column column, int row) {
        column.present(row);
        switch (column) {
            case TextColumn text -> text.value(row);
            case CategoryColumn category -> category.value(category.code(row));
            case CategoryListColumn list -> {
                for (int i = 0; i < list.count(row); i++) {
                    list.value(list.code(row, i));
                }
            }
            case NumberColumn number -> number.value(row);
            case TimeColumn time -> time.millis(row);
        }
    }
}
