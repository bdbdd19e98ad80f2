package dev.funnel.inference.engine.nd4j;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory of one run of a program for a fixed number of rows: an array for each slot, [width, rows] with columns contiguous, so
 * that memory is row after row. Made once, used again and again by one thread, closed with the engine.
 */
final class Tile implements AutoCloseable {
    private final int rows;
    private final INDArray[] arrays;
    private final FloatBuffer[] buffers;
    private final List<Step> steps = new ArrayList<>();

    Tile(Program program, int rows) {
        this.rows = rows;
        this.arrays = new INDArray[program.slots().size()];
        this.buffers = new FloatBuffer[arrays.length];
        for (Slot slot : program.slots()) {
            INDArray array = create(slot.width(), slot.perRow() ? rows : 1);
            arrays[slot.index()] = array;
            buffers[slot.index()] = array.data().asNioFloat();
        }
        program.constants().forEach((slot, values) -> buffers[slot.index()].put(0, values));
        program.steps().forEach(step -> steps.add(step.on(this)));
    }

    /** An array in this form with anything in it. */
    static INDArray create(int width, int rows) {
        return Nd4j.createUninitialized(DataType.FLOAT, new long[] {width, rows}, 'f');
    }

    /** The most candidates that fit. */
    int rows() {
        return rows;
    }

    /** How many rows a slot has here. */
    int rows(Slot slot) {
        return slot.perRow() ? rows : 1;
    }

    INDArray array(Slot slot) {
        return arrays[slot.index()];
    }

    FloatBuffer buffer(Slot slot) {
        return buffers[slot.index()];
    }

    void run() {
        for (Step step : steps) {
            step.run();
        }
    }

    @Override
    public void close() {
        for (INDArray array : arrays) {
            array.close();
        }
    }
}
