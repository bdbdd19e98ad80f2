package dev.funnel.inference.engine.nd4j;

/** One operation bound to the memory of a tile. */
@FunctionalInterface
interface Step {
    /** Works on the tile's memory. */
    void run();

    /** One operation of a program, before it has memory. */
    @FunctionalInterface
    interface Plan {
        /** The operation on that tile. */
        Step on(Tile tile);
    }
}
