package dev.funnel.retrieval.cold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileAveragesTest {

    private static Profile from(String country, double age) {
        return new Profile(Map.of("country", List.of(country)), Map.of("age", age));
    }

    private static ProfileAverages averages() {
        ProfileAverages.Counting counting = new ProfileAverages.Counting(2);
        for (int user = 0; user < 20; user++) {
            counting.add(from("DE", 30 + user % 10), new float[] {1, 0});
            counting.add(from("FR", 50 + user % 10), new float[] {0, 1});
        }
        counting.add(from("IT", 90), new float[] {0, 0});
        return counting.averages();
    }

    @Test
    void a_profile_is_of_its_values_and_of_the_tens_of_its_numbers() {
        assertEquals(List.of("country=DE", "age~30"), from("DE", 39.5).groups());
    }

    @Test
    void a_stranger_is_the_average_user_moved_towards_those_of_the_same_groups() {
        float all = 20f / 41;
        float moved = all + (1 - all) * 20 / 40;
        float away = all - all * 20 / 40;
        assertArrayEquals(
                new float[] {moved, away}, averages().of(from("DE", 33)).orElseThrow(), 1e-6f);
        assertArrayEquals(
                new float[] {away, moved}, averages().of(from("FR", 51)).orElseThrow(), 1e-6f);
    }

    @Test
    void groups_that_contradict_each_other_meet_in_the_middle() {
        float[] both = averages().of(from("DE", 55)).orElseThrow();
        assertEquals(both[0], both[1], 1e-6f);
    }

    @Test
    void a_profile_of_groups_with_too_few_users_says_nothing() {
        assertTrue(averages().of(from("IT", 91)).isEmpty());
        assertTrue(averages().of(Profile.UNKNOWN).isEmpty());
    }
}
