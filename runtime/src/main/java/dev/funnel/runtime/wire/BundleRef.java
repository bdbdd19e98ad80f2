package dev.funnel.runtime.wire;

/**
 * Names one version of one model bundle.
 *
 * @param name empty: the one bundle the process serves
 * @param version empty in a request: the newest; never empty in a response
 */
public record BundleRef(String name, String version) {
    /** Whatever the process holds as its newest. */
    public static final BundleRef NEWEST = new BundleRef("", "");

    @Override
    public String toString() {
        return name + "/" + version;
    }
}
