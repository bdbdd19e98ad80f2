package dev.funnel.cli.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the best of each viewer's pool are, in the order of one objective: means over all places.
 *
 * @param objective a head, or the name of a formula
 * @param places how many there are in all
 * @param trueWatchSeconds that the simulation expects of an impression at the first position
 * @param trueClickRate the same of its click
 * @param clickBaitShare share of the videos that were planted as click-bait
 */
record ObjectiveFigures(
        String objective,
        int places,
        double trueWatchSeconds,
        double trueClickRate,
        double clickBaitShare,
        double durationSeconds) {

    /** As a flat JSON object's fields. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("system", "objectives");
        json.put("protocol", "first 10 of each viewer's pool, as if shown first");
        json.put("objective", objective);
        json.put("places", places);
        json.put("true_watch_seconds", trueWatchSeconds);
        json.put("true_click_rate", trueClickRate);
        json.put("click_bait_share", clickBaitShare);
        json.put("mean_duration_seconds", durationSeconds);
        return json;
    }
}
