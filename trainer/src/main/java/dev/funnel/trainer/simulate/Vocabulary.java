package dev.funnel.trainer.simulate;

import java.util.List;

/** The words of the demo world: topics in groups, the tags under each topic, languages with their countries. */
final class Vocabulary {

    /** A group of topics that lie near each other in topic space. */
    record Group(String name, List<Topic> topics) {}

    /** A topic; its tags are places around it. */
    record Topic(String name, String[] tags) {}

    /** A language, its share of viewers, and where it is spoken, most first. */
    record Tongue(String code, double share, String[] countries) {}

    static final List<Group> GROUPS = List.of(
            new Group(
                    "knowledge",
                    List.of(
                            topic("science", "physics", "space", "chemistry", "biology"),
                            topic("history", "antiquity", "wars", "maps", "biographies"),
                            topic("programming", "java", "databases", "compilers", "games-from-scratch"),
                            topic("languages", "grammar", "pronunciation", "travel-phrases", "etymology"))),
            new Group(
                    "music",
                    List.of(
                            topic("pop", "charts", "covers", "remixes", "live"),
                            topic("classical", "piano", "orchestra", "opera", "chamber"),
                            topic("jazz", "standards", "fusion", "big-band", "improvisation"),
                            topic("electronic", "ambient", "techno", "synths", "sets"))),
            new Group(
                    "sport",
                    List.of(
                            topic("football", "goals", "tactics", "interviews", "skills"),
                            topic("cycling", "races", "repairs", "tours", "training"),
                            topic("climbing", "boulders", "walls", "expeditions", "knots"),
                            topic("chess", "openings", "endgames", "blitz", "puzzles"))),
            new Group(
                    "home",
                    List.of(
                            topic("cooking", "baking", "noodles", "vegan", "street-food"),
                            topic("gardening", "vegetables", "roses", "compost", "balconies"),
                            topic("woodwork", "joints", "tables", "tools", "turning"),
                            topic("cars", "tests", "restoration", "electric", "repairs"))),
            new Group(
                    "play",
                    List.of(
                            topic("gaming", "speedruns", "reviews", "strategy", "retro"),
                            topic("comedy", "sketches", "stand-up", "parody", "fails"),
                            topic("film", "trailers", "essays", "effects", "shorts"),
                            topic("magic", "cards", "coins", "illusions", "escapes"))),
            new Group(
                    "world",
                    List.of(
                            topic("travel", "islands", "trains", "budget", "cities"),
                            topic("nature", "birds", "oceans", "forests", "insects"),
                            topic("news", "politics", "economy", "explained", "local"),
                            topic("fashion", "sewing", "looks", "shoes", "thrift"))));

    static final Topic[] TOPICS =
            GROUPS.stream().flatMap(group -> group.topics().stream()).toArray(Topic[]::new);

    static final Tongue[] TONGUES = {
        new Tongue("en", .34, new String[] {"US", "GB", "IN", "CA"}),
        new Tongue("es", .18, new String[] {"MX", "ES", "AR"}),
        new Tongue("pt", .11, new String[] {"BR", "PT"}),
        new Tongue("de", .1, new String[] {"DE", "AT", "CH"}),
        new Tongue("fr", .1, new String[] {"FR", "CA", "BE"}),
        new Tongue("ja", .07, new String[] {"JP"}),
        new Tongue("hi", .06, new String[] {"IN"}),
        new Tongue("ar", .04, new String[] {"EG", "SA"}),
    };

    static final String[] FORMATS = {"episode", "tutorial", "review", "compilation", "stream", "short"};

    static final String[] PLAIN_TITLES = {
        "A calm look at %s in %s", "%s: what I learnt about %s", "%s and %s, part %d", "The %s episode on %s",
        "How %s changes %s", "Notes on %s (%s)", "An hour of %s, with %s", "%s for people who like %s",
    };

    static final String[] BAIT_TITLES = {
        "You will NOT believe this %s %s!!!",
        "SHOCKING: what they hide about %s %s",
        "This %s trick ruins %s FOREVER",
        "I quit %s because of %s (not clickbait)",
        "Number %3$d will make you cry: %1$s %2$s",
    };

    private Vocabulary() {}

    static int groupOf(int topic) {
        int group = 0;
        int seen = GROUPS.getFirst().topics().size();
        while (topic >= seen) {
            seen += GROUPS.get(++group).topics().size();
        }
        return group;
    }

    private static Topic topic(String name, String... tags) {
        return new Topic(name, tags);
    }
}
