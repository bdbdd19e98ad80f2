package dev.funnel.trainer.generate;

import dev.funnel.bundle.BundleStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a generator's files lie in a bundle: {@code generators/<name>.safetensors}, and beside it what else it needs.
 *
 * @param draft the bundle being written
 * @param name of the generator
 */
public record GeneratorFiles(BundleStore.Draft draft, String name) {

    /** The tensor of the items' vectors, one row an item, in the file of a generator that has any. */
    public static final String ITEM_VECTORS = "item_factors";

    /** The tensor that says of each item how it came to its vector: a number of the contract's ItemOrigin. */
    public static final String ITEM_ORIGINS = "item_origins";

    /** Its vector was fitted on interactions with it. */
    static final int FITTED = 0;

    /** The path of a generator's tensors in a bundle. */
    public static String tensorsOf(String name) {
        return "generators/" + name + ".safetensors";
    }

    /** Where its tensors go. */
    public Path tensors() throws IOException {
        return draft.file(tensorsOf(name));
    }

    /** Where another file of it goes: {@code generators/<name>-<what>}, e.g. {@code query.onnx}. */
    public Path file(String what) throws IOException {
        return draft.file("generators/" + name + "-" + what);
    }
}
