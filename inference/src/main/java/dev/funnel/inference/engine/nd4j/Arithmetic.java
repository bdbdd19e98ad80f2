package dev.funnel.inference.engine.nd4j;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/** An operation on two numbers, done row by row on plain memory: ND4J's own way to start one costs more than these take. */
enum Arithmetic {
    ADD {
        @Override
        void row(FloatBuffer a, int atA, FloatBuffer b, int atB, FloatBuffer out, int at, int width) {
            for (int i = 0; i < width; i++) {
                out.put(at + i, a.get(atA + i) + b.get(atB + i));
            }
        }

        @Override
        float of(float a, float b) {
            return a + b;
        }
    },
    SUBTRACT {
        @Override
        void row(FloatBuffer a, int atA, FloatBuffer b, int atB, FloatBuffer out, int at, int width) {
            for (int i = 0; i < width; i++) {
                out.put(at + i, a.get(atA + i) - b.get(atB + i));
            }
        }

        @Override
        float of(float a, float b) {
            return a - b;
        }
    },
    MULTIPLY {
        @Override
        void row(FloatBuffer a, int atA, FloatBuffer b, int atB, FloatBuffer out, int at, int width) {
            for (int i = 0; i < width; i++) {
                out.put(at + i, a.get(atA + i) * b.get(atB + i));
            }
        }

        @Override
        float of(float a, float b) {
            return a * b;
        }
    },
    DIVIDE {
        @Override
        void row(FloatBuffer a, int atA, FloatBuffer b, int atB, FloatBuffer out, int at, int width) {
            for (int i = 0; i < width; i++) {
                out.put(at + i, a.get(atA + i) / b.get(atB + i));
            }
        }

        @Override
        float of(float a, float b) {
            return a / b;
        }
    },
    POWER {
        @Override
        void row(FloatBuffer a, int atA, FloatBuffer b, int atB, FloatBuffer out, int at, int width) {
            for (int i = 0; i < width; i++) {
                out.put(at + i, of(a.get(atA + i), b.get(atB + i)));
            }
        }

        @Override
        float of(float a, float b) {
            return (float) Math.pow(a, b);
        }
    };

    /** Works on {@code width} numbers that lie side by side. */
    abstract void row(FloatBuffer a, int atA, FloatBuffer b, int atB, FloatBuffer out, int at, int width);

    /** One result. */
    abstract float of(float a, float b);

    /**
     * The operation over whole values.
     *
     * @param ofA where in a row of {@code a} each number of a row of {@code out} finds its first operand; null: at its own place
     * @param ofB the same for {@code b}
     */
    Step.Plan plan(Slot a, int @Nullable [] ofA, Slot b, int @Nullable [] ofB, Slot out) {
        return tile -> {
            FloatBuffer fromA = tile.buffer(a);
            FloatBuffer fromB = tile.buffer(b);
            FloatBuffer into = tile.buffer(out);
            int rows = tile.rows(out);
            return () -> {
                for (int row = 0; row < rows; row++) {
                    if (ofA == null && ofB == null) {
                        row(fromA, row * a.stride(), fromB, row * b.stride(), into, row * out.width(), out.width());
                    } else {
                        spread(
                                fromA,
                                row * a.stride(),
                                ofA,
                                fromB,
                                row * b.stride(),
                                ofB,
                                into,
                                row * out.width(),
                                out.width());
                    }
                }
            };
        };
    }

    private void spread(
            FloatBuffer a,
            int atA,
            int @Nullable [] ofA,
            FloatBuffer b,
            int atB,
            int @Nullable [] ofB,
            FloatBuffer out,
            int at,
            int width) {
        for (int i = 0; i < width; i++) {
            float first = a.get(atA + (ofA == null ? i : ofA[i]));
            float second = b.get(atB + (ofB == null ? i : ofB[i]));
            out.put(at + i, of(first, second));
        }
    }
}
