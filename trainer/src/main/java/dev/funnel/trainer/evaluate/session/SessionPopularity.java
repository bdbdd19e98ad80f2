package dev.funnel.trainer.evaluate.session;

/** The most visited items, the same in every session. */
final class SessionPopularity implements SessionSystem {

    @Override
    public String name() {
        return "popularity";
    }

    @Override
    public SessionScorer fit(Task task) {
        task.settings().requireAllRead();
        float[] counts = new float[task.data().items()];
        for (int[] session : task.data().train()) {
            for (int item : session) {
                counts[item]++;
            }
        }
        return (session, into) -> System.arraycopy(counts, 0, into, 0, counts.length);
    }
}
