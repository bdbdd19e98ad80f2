package dev.funnel.trainer.learn;

/** Adam (Kingma and Ba 2015) for one array of parameters, with weight decay apart from the gradient (AdamW, Loshchilov 2019). */
public final class Adam {
    private static final float MEAN_SHARE = 0.9f;
    private static final float SQUARE_SHARE = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final float[] means;
    private final float[] squares;
    private int steps;

    public Adam(int parameters) {
        this.means = new float[parameters];
        this.squares = new float[parameters];
    }

    /** Moves the parameters against the gradient. */
    public void step(float[] parameters, float[] gradient, float rate, float decay) {
        steps++;
        float meanRest = (float) (1 - Math.pow(MEAN_SHARE, steps));
        float squareRest = (float) (1 - Math.pow(SQUARE_SHARE, steps));
        for (int i = 0; i < parameters.length; i++) {
            means[i] = MEAN_SHARE * means[i] + (1 - MEAN_SHARE) * gradient[i];
            squares[i] = SQUARE_SHARE * squares[i] + (1 - SQUARE_SHARE) * gradient[i] * gradient[i];
            float step = means[i] / meanRest / ((float) Math.sqrt(squares[i] / squareRest) + EPSILON);
            parameters[i] -= rate * (step + decay * parameters[i]);
        }
    }
}
