package dev.funnel.trainer.learn;

/** Adam (Kingma and Ba 2015) for one array of parameters, with weight decay apart from the gradient (AdamW, Loshchilov 2019). */
public final class Adam {
    private static final float MEAN_SHARE = 0.9f;
    private static final float SQUARE_SHARE = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final float[] means;
    private final float[] squares;
    private int steps;
    private float meanRest;
    private float squareRest;

    public Adam(int parameters) {
        this.means = new float[parameters];
        this.squares = new float[parameters];
    }

    /** Moves the parameters against the gradient. */
    public void step(float[] parameters, float[] gradient, float rate, float decay) {
        begin();
        move(parameters, gradient, 0, parameters.length, rate, decay);
    }

    /** Begins a step that is made piece by piece with {@link #move}. */
    public void begin() {
        steps++;
        meanRest = (float) (1 - StrictMath.pow(MEAN_SHARE, steps));
        squareRest = (float) (1 - StrictMath.pow(SQUARE_SHARE, steps));
    }

    /** Moves parameters {@code from} to {@code to} against their gradients, once a step; pieces may be moved side by side. */
    public void move(float[] parameters, float[] gradient, int from, int to, float rate, float decay) {
        for (int i = from; i < to; i++) {
            means[i] = MEAN_SHARE * means[i] + (1 - MEAN_SHARE) * gradient[i];
            squares[i] = SQUARE_SHARE * squares[i] + (1 - SQUARE_SHARE) * gradient[i] * gradient[i];
            float step = means[i] / meanRest / ((float) Math.sqrt(squares[i] / squareRest) + EPSILON);
            parameters[i] -= rate * (step + decay * parameters[i]);
        }
    }
}
