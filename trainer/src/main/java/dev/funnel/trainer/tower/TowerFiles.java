package dev.funnel.trainer.tower;

/** Where the parts of a tower lie in a bundle. */
record TowerFiles(String network, String schema, String features) {
    static TowerFiles of(String folder, String side) {
        String begin = folder + "-" + side;
        return new TowerFiles(begin + ".onnx", begin + ".json", begin + ".safetensors");
    }
}
