package dev.funnel.bundle;

import dev.funnel.bundle.signature.ManifestSignature;
import dev.funnel.bundle.signature.SigningKey;
import dev.funnel.bundle.signature.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The versions of one bundle on a disk: {@code <root>/<name>/<version>/}. A version appears whole or not at all: it is written in
 * a directory whose name starts with a dot, forced to the disk, opened as a service would open it, and then renamed. Versions
 * are strictly increasing, also when several processes publish in the same millisecond.
 */
public final class BundleStore {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final String DRAFT_PREFIX = ".draft-";
    private static final String PRUNED_PREFIX = ".pruned-";
    private static final Duration DRAFT_LIFETIME = Duration.ofDays(1);

    private final Path directory;
    private final String name;
    private final InstantSource clock;
    private final List<SigningKey> signers;

    /** The store of the bundle {@code name} under {@code root}; neither has to exist. */
    public BundleStore(Path root, String name) {
        this(root, name, InstantSource.system());
    }

    /** The same with a given clock, which stamps versions and tells old drafts. */
    public BundleStore(Path root, String name, InstantSource clock) {
        this(root.resolve(checkName(name)), name, clock, List.of());
    }

    private BundleStore(Path directory, String name, InstantSource clock, List<SigningKey> signers) {
        this.directory = directory;
        this.name = name;
        this.clock = clock;
        this.signers = signers;
    }

    /** The same store, whose versions are signed with {@code keys} before they appear. */
    public BundleStore signing(List<SigningKey> keys) {
        return new BundleStore(directory, name, clock, List.copyOf(keys));
    }

    static String checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("bundle name " + BundleRefusedException.quote(name)
                    + " is not [a-z0-9][a-z0-9_-]*, at most 64 characters");
        }
        return name;
    }

    /** Name of the bundle. */
    public String name() {
        return name;
    }

    /** Where the versions lie. */
    public Path directory() {
        return directory;
    }

    /** The published versions, newest first; none if the directory does not exist. */
    public List<BundleVersion> versions() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<BundleVersion> versions = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                BundleVersion.parse(String.valueOf(entry.getFileName()))
                        .filter(version -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                        .ifPresent(versions::add);
            }
        }
        versions.sort(Comparator.reverseOrder());
        return versions;
    }

    /** The newest version, or empty if there is none. */
    public Optional<BundleVersion> newest() throws IOException {
        return versions().stream().findFirst();
    }

    /** The directory of {@code version}, whether or not it exists. */
    public Path path(BundleVersion version) {
        return directory.resolve(version.value());
    }

    /** A new, empty, invisible version to fill and publish. */
    public Draft draft() throws IOException {
        Files.createDirectories(directory);
        byte[] random = new byte[8];
        ThreadLocalRandom.current().nextBytes(random);
        Path path = directory.resolve(DRAFT_PREFIX + HexFormat.of().formatHex(random));
        return new Draft(Files.createDirectory(path));
    }

    /**
     * Removes all versions but the newest {@code keep} and those {@code needed}. A version vanishes whole: it is renamed to a name that
     * no one looks for, and then deleted. What a crash left of an earlier removal goes too.
     *
     * @return what was removed, newest first
     */
    public List<BundleVersion> prune(int keep, Set<BundleVersion> needed) throws IOException {
        Bounds.check("number of versions kept", keep, 1, Integer.MAX_VALUE);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (PublishLock _ = PublishLock.acquire(directory)) {
            List<BundleVersion> removed = versions().stream()
                    .skip(keep)
                    .filter(version -> !needed.contains(version))
                    .toList();
            for (BundleVersion version : removed) {
                Durable.rename(path(version), directory.resolve(PRUNED_PREFIX + version));
            }
            deletePruned();
            return removed;
        }
    }

    private void deletePruned() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                if (String.valueOf(entry.getFileName()).startsWith(PRUNED_PREFIX)) {
                    Durable.deleteTree(entry);
                }
            }
        }
    }

    /** A version in the making. Closing one that was not published deletes it. Not safe for use by several threads. */
    public final class Draft implements AutoCloseable {
        private final Path draft;
        private boolean published;

        private Draft(Path draft) {
            this.draft = draft;
        }

        /** Where to write the file {@code relative}, a path as the manifest lists it; its directory is made. */
        public Path file(String relative) throws IOException {
            Path path = draft.resolve(BundlePaths.check(relative));
            Files.createDirectories(parent(path));
            return path;
        }

        /**
         * Makes the draft visible as the newest version: hashes the files, writes the manifest, forces all of it to the disk, opens it
         * as a service would, and renames it. Refused means that a service would refuse it; the draft stays as it is.
         */
        public BundleVersion publish(Manifest.Draft contents) throws IOException, BundleRefusedException {
            if (published) {
                throw new IllegalStateException("the draft was published before");
            }
            List<FileEntry> files = DraftFiles.entries(draft, Manifest.DEFAULT_CHUNK_BYTES);
            BundleVersion version;
            try (PublishLock _ = PublishLock.acquire(directory)) {
                deleteOldDrafts();
                version = rename(nextStamp(), files, contents);
            }
            published = true;
            return version;
        }

        private BundleVersion rename(Instant stamp, List<FileEntry> files, Manifest.Draft contents)
                throws IOException, BundleRefusedException {
            byte[] json = ManifestDocument.of(name, stamp, Manifest.DEFAULT_CHUNK_BYTES, files, contents)
                    .toJson();
            BundleVersion version = BundleVersion.of(stamp, Sha256.hex(json));
            Durable.write(draft.resolve(BundlePaths.MANIFEST), json);
            if (!signers.isEmpty()) {
                Durable.write(draft.resolve(ManifestSignature.FILE), signatures(json));
            }
            Durable.forceTree(draft);
            Bundle.open(draft, version, TrustedKeys.NOT_ASKED, ReadingPace.UNLIMITED)
                    .close();
            Durable.rename(draft, path(version));
            return version;
        }

        /** Deletes the draft unless it was published. */
        @Override
        public void close() throws IOException {
            if (!published) {
                Durable.deleteTree(draft);
            }
        }
    }

    private byte[] signatures(byte[] manifest) {
        return ManifestSignature.file(
                signers.stream().map(signer -> signer.sign(manifest)).toList());
    }

    /** Now, or the millisecond after the newest version if that is later. */
    private Instant nextStamp() throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<BundleVersion> newest = newest();
        if (newest.isEmpty() || now.isAfter(newest.get().published())) {
            return now;
        }
        return newest.get().published().plusMillis(1);
    }

    /** Deletes what crashed trainers left; a draft in which nothing was made for a day is one. */
    private void deleteOldDrafts() throws IOException {
        Instant oldest = clock.instant().minus(DRAFT_LIFETIME);
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                if (String.valueOf(entry.getFileName()).startsWith(DRAFT_PREFIX)) {
                    Durable.deleteIfOlder(entry, oldest);
                }
            }
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " has no directory");
        }
        return parent;
    }
}
