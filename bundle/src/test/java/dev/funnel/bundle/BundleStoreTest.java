package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.SmallBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleStoreTest {
    @TempDir
    Path root;

    @Test
    void versions_are_listed_newest_first() throws Exception {
        BundleVersion first = SmallBundle.publish(root);
        BundleVersion second = SmallBundle.publish(root);
        assertEquals(List.of(second, first), store().versions());
        assertEquals(second, store().newest().orElseThrow());
    }

    @Test
    void a_store_without_a_directory_has_no_versions() throws Exception {
        assertEquals(List.of(), store().versions());
        assertTrue(store().newest().isEmpty());
    }

    @Test
    void two_publishes_in_the_same_millisecond_have_increasing_versions() throws Exception {
        BundleVersion first = SmallBundle.publish(root);
        BundleVersion second = SmallBundle.publish(root);
        assertTrue(second.compareTo(first) > 0, second + " after " + first);
        assertEquals(SmallBundle.NOW.plusMillis(1), second.published());
    }

    @Test
    void a_clock_that_goes_back_does_not_take_versions_with_it() throws Exception {
        BundleVersion first = SmallBundle.publish(root);
        BundleStore earlier = new BundleStore(
                root, SmallBundle.NAME, InstantSource.fixed(SmallBundle.NOW.minus(Duration.ofDays(400))));
        BundleVersion second = publish(earlier);
        assertTrue(second.compareTo(first) > 0, second + " after " + first);
    }

    @Test
    void publishers_side_by_side_never_share_a_version() throws Exception {
        int publishers = 4;
        Callable<BundleVersion> publish = () -> SmallBundle.publish(root);
        List<BundleVersion> versions = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(publishers)) {
            List<Future<BundleVersion>> all = new ArrayList<>();
            for (int i = 0; i < publishers; i++) {
                all.add(threads.submit(publish));
            }
            for (Future<BundleVersion> version : all) {
                versions.add(version.get());
            }
        }
        versions.sort(Comparator.reverseOrder());
        assertEquals(
                publishers,
                versions.stream().map(BundleVersion::stamp).distinct().count());
        assertEquals(versions, store().versions());
        for (BundleVersion version : versions) {
            assertEquals(version, BundleVerifier.verify(store().path(version)).version());
        }
    }

    @Test
    void a_draft_is_not_listed_and_closing_it_deletes_it() throws Exception {
        try (BundleStore.Draft draft = store().draft()) {
            SmallBundle.fill(draft, 1);
            assertEquals(List.of(), store().versions());
            assertEquals(1, drafts().size());
        }
        assertEquals(List.of(), drafts());
    }

    @Test
    void a_published_draft_stays_after_closing_and_cannot_be_published_again() throws Exception {
        try (BundleStore.Draft draft = store().draft()) {
            Manifest.Draft contents = SmallBundle.fill(draft, 1);
            draft.publish(contents);
            assertThrows(IllegalStateException.class, () -> draft.publish(contents));
        }
        assertEquals(1, store().versions().size());
        assertEquals(List.of(), drafts());
    }

    @Test
    void publishing_cleans_up_what_crashed_trainers_left_but_not_a_draft_at_work() throws Exception {
        Path crashed = crashedDraft(Duration.ofHours(25));
        Path working = crashedDraft(Duration.ofHours(23));
        SmallBundle.publish(root);
        assertFalse(Files.exists(crashed));
        assertTrue(Files.exists(working));
    }

    @Test
    void entries_that_are_no_versions_are_passed_over() throws Exception {
        BundleVersion version = SmallBundle.publish(root);
        Files.createDirectory(store().directory().resolve("20260131000000000"));
        Files.createDirectory(store().directory().resolve("20261399000000000-0123456789ab"));
        Files.createFile(store().directory().resolve("20260131000000000-0123456789ab"));
        Files.createSymbolicLink(store().directory().resolve("20270131000000000-0123456789ab"), root);
        assertEquals(List.of(version), store().versions());
    }

    @Test
    void a_draft_with_a_float_that_is_not_finite_cannot_be_published() throws Exception {
        refusedAfter(
                "extra.safetensors",
                "is not finite",
                draft -> new TensorFileWriter(draft.file("extra.safetensors"))
                        .add("x", new float[] {1, Float.NaN})
                        .write());
    }

    @Test
    void pruning_keeps_the_newest_and_what_is_needed_and_removes_the_rest_whole() throws Exception {
        BundleVersion needed = SmallBundle.publish(root);
        BundleVersion unneeded = SmallBundle.publish(root);
        BundleVersion newer = SmallBundle.publish(root);
        BundleVersion newest = SmallBundle.publish(root);
        Path left = Files.createDirectories(store().directory().resolve(".pruned-" + needed + "/generators"));
        assertEquals(List.of(unneeded), store().prune(2, Set.of(needed)));
        assertEquals(List.of(newest, newer, needed), store().versions());
        assertTrue(Files.notExists(left), "what a crash left of an earlier removal");
        assertEquals(List.of(), store().prune(2, Set.of(needed)));
    }

    @Test
    void a_version_that_is_mapped_outlives_its_removal() throws Exception {
        BundleVersion old = SmallBundle.publish(root);
        SmallBundle.publish(root);
        try (Bundle bundle = Bundle.open(store().path(old))) {
            assertEquals(List.of(old), store().prune(1, Set.of()));
            assertEquals("item-59", bundle.items().id(59));
        }
    }

    @Test
    void a_draft_that_a_service_would_refuse_cannot_be_published() throws Exception {
        refusedAfter(
                "items.safetensors", "header", draft -> Files.write(draft.file("items.safetensors"), new byte[100]));
        refusedAfter(
                "manifest.json", "users.safetensors is needed", draft -> Files.delete(draft.file("users.safetensors")));
        refusedAfter(
                "notes.txt",
                "does not end in one of",
                draft -> Files.write(draft.file("users.safetensors").resolveSibling("notes.txt"), new byte[1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.json", "/x.json", "a\\x.json", "x.class", ".x.json", "manifest.json"})
    void a_draft_writes_only_to_safe_paths(String path) throws Exception {
        try (BundleStore.Draft draft = store().draft()) {
            assertThrows(IllegalArgumentException.class, () -> draft.file(path));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "Upper", ".hidden"})
    void a_bundle_name_is_a_safe_directory_name(String name) {
        assertThrows(IllegalArgumentException.class, () -> new BundleStore(root, name));
    }

    private interface Change {
        void apply(BundleStore.Draft draft) throws IOException;
    }

    private void refusedAfter(String file, String reason, Change change) throws Exception {
        try (BundleStore.Draft draft = store().draft()) {
            Manifest.Draft contents = SmallBundle.fill(draft, 1);
            change.apply(draft);
            BundleRefusedException refused = assertThrows(BundleRefusedException.class, () -> draft.publish(contents));
            assertEquals(file, refused.file(), refused::getMessage);
            assertTrue(refused.reason().contains(reason), refused::getMessage);
        }
        assertEquals(List.of(), store().versions());
        assertEquals(List.of(), drafts());
    }

    private Path crashedDraft(Duration age) throws IOException {
        BundleStore.Draft draft = store().draft();
        Path file = Files.write(draft.file("items.safetensors"), new byte[1]);
        Path directory = file.toAbsolutePath().getParent();
        Instant then = SmallBundle.NOW.minus(age);
        Files.setLastModifiedTime(file, FileTime.from(then));
        if (directory == null) {
            throw new AssertionError(file);
        }
        return Files.setLastModifiedTime(directory, FileTime.from(then));
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> entries = Files.list(store().directory())) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> entry.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private BundleStore store() {
        return SmallBundle.store(root);
    }

    private static BundleVersion publish(BundleStore store) throws IOException, BundleRefusedException {
        try (BundleStore.Draft draft = store.draft()) {
            return draft.publish(SmallBundle.fill(draft, 2));
        }
    }
}
