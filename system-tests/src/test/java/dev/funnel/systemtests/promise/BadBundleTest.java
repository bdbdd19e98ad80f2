package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.signature.SigningKey;
import dev.funnel.proto.admin.v1.BundleState;
import dev.funnel.proto.admin.v1.BundleStatus;
import dev.funnel.runtime.testing.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that are damaged, cut, forged, too large or not signed are refused by every process, told of once, and the old one serves on. */
@Timeout(300)
@ExtendWith(TinyFunnelExtension.class)
class BadBundleTest {
    private static final int STAMP_AND_DASH = 18;
    private static final int HASH = 12;
    private static final Pattern REFUSED =
            Pattern.compile("funnel_bundle_loads(?:_[a-z]+)*\\{[^}]*result=\"refused\"[^}]*} ([0-9.]+)");

    private final TinyFunnel tiny;
    private final ReplicatedFunnel funnel;

    @TempDir
    private Path scratch;

    BadBundleTest(TinyFunnel tiny) {
        this.tiny = tiny;
        this.funnel = tiny.replicated();
    }

    @Test
    void bad_bundles_are_refused_once_by_every_process_and_the_old_one_serves_on() throws Exception {
        BundleVersion good = funnel.store().newest().orElseThrow();
        funnel.awaitPinned(good);
        Map<FunnelMember, Double> refusedBefore = new LinkedHashMap<>();
        funnel.members().forEach(member -> refusedBefore.put(member, refusals(member)));
        try (SteadyLoad load = tiny.load(funnel)) {
            load.awaitMore(10);
            Map<String, String> bad = publishBad();
            for (FunnelMember member : funnel.members()) {
                Await.calmly(
                        member + " refuses all", () -> refused(member).keySet().containsAll(bad.keySet()));
                bad.forEach((version, cause) -> assertTrue(
                        refused(member).getOrDefault(version, "").contains(cause),
                        () -> member + ": " + refused(member)));
            }
            load.awaitMore(40);
            for (FunnelMember member : funnel.members()) {
                for (String version : bad.keySet()) {
                    long lines = member.log()
                            .lines()
                            .filter(line -> line.contains(version) && line.contains("is refused"))
                            .count();
                    assertEquals(1, lines, () -> member + " about " + version + ": " + member.log());
                }
                assertEquals(bad.size(), refusals(member) - refusedBefore.getOrDefault(member, 0.0), member::toString);
            }
            load.assertNoneFailed();
            assertEquals(load.answered(), load.answeredBy(good.value()), load::toString);
            for (String version : bad.keySet()) {
                Files.move(funnel.store().path(new BundleVersion(version)), scratch.resolve("removed-" + version));
            }
        }
    }

    /** What is wrong with each, by the version that it claims to be. */
    private Map<String, String> publishBad() throws Exception {
        SigningKey stranger = SigningKey.generate(scratch.resolve("stranger"), scratch.resolve("stranger.pub"));
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put(appear(made(funnel.key(), BadBundleTest::damage)), "another SHA-256");
        bad.put(appear(made(funnel.key(), BadBundleTest::cut)), "the manifest says");
        bad.put(appear(forged()), "is not of this manifest");
        bad.put(appear(made(funnel.key(), BadBundleTest::bloat)), "at most 8388608 are allowed");
        bad.put(appear(made(stranger, version -> {})), "none of which is one of");
        bad.put(appear(made(stranger, version -> Files.delete(version.resolve("manifest.json.sig")))), "is missing");
        return bad;
    }

    private interface Damage {
        void to(Path version) throws Exception;
    }

    private Path made(SigningKey signer, Damage damage) throws Exception {
        Path version = new BundleStore(scratch, "demo").path(funnel.publish(scratch, List.of(signer)));
        damage.to(version);
        return version;
    }

    /** Puts a directory where the processes look, all at once. */
    private String appear(Path version) throws IOException {
        String name = String.valueOf(version.getFileName());
        Files.move(version, funnel.store().directory().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        return name;
    }

    private static void damage(Path version) throws IOException {
        Path items = version.resolve("items.safetensors");
        try (FileChannel file = FileChannel.open(items, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            file.read(last, file.size() - 1);
            file.write(ByteBuffer.wrap(new byte[] {(byte) ~last.get(0)}), file.size() - 1);
        }
    }

    private static void cut(Path version) throws IOException {
        try (FileChannel file = FileChannel.open(version.resolve("users.safetensors"), StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 1);
        }
    }

    private static void bloat(Path version) throws IOException {
        Files.write(version.resolve("manifest.json"), new byte[(8 << 20) + 1]);
    }

    /** Changed after it was signed, under the name that the change has. */
    private Path forged() throws Exception {
        Path version = made(funnel.key(), unchanged -> {});
        Path manifest = version.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest) + " ");
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(manifest)))
                .substring(0, HASH);
        String name = String.valueOf(version.getFileName()).substring(0, STAMP_AND_DASH) + hash;
        return Files.move(version, version.resolveSibling(name));
    }

    private static Map<String, String> refused(FunnelMember member) {
        Map<String, String> causes = new LinkedHashMap<>();
        for (BundleStatus status : ReplicatedFunnel.ask(member).getBundlesList()) {
            if (status.getState() == BundleState.BUNDLE_STATE_REFUSED) {
                causes.put(status.getBundle().getVersion(), status.getCause());
            }
        }
        return causes;
    }

    private static double refusals(FunnelMember member) {
        Matcher found = REFUSED.matcher(member.metrics());
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }
}
