package dev.funnel.trainer.rank;

import dev.funnel.inference.feature.CandidateReadings;
import dev.funnel.inference.feature.RequestReadings;

/** A page whose features were read, to be scaled and embedded again and again. */
record ReadPage(Page page, RequestReadings request, CandidateReadings candidates) {
    int size() {
        return page.size();
    }
}
