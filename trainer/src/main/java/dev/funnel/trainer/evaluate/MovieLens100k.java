package dev.funnel.trainer.evaluate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.read.InputColumn;
import dev.funnel.trainer.read.InputTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MovieLens-100K as a split by time: what a user rated 4 or 5 is what the user likes, and of that the newest fifth is held out.
 * Movies have genres, year and title, users age, gender and occupation. Users and movies are
 * numbered as in the files, from 0.
 */
public final class MovieLens100k {

    private static final String RATINGS = "u.data.gz";
    private static final String MOVIES = "u.item.gz";
    private static final String USERS = "u.user.gz";
    private static final String BELONGS = "MovieLens-100K has " + RATINGS + ", " + MOVIES + " and " + USERS;

    /** In the order of the columns of {@link #MOVIES}. */
    private static final List<String> GENRES = List.of(
            "unknown",
            "Action",
            "Adventure",
            "Animation",
            "Children's",
            "Comedy",
            "Crime",
            "Documentary",
            "Drama",
            "Fantasy",
            "Film-Noir",
            "Horror",
            "Musical",
            "Mystery",
            "Romance",
            "Sci-Fi",
            "Thriller",
            "War",
            "Western");

    private static final int FIRST_GENRE = 5;
    private static final int LEAST_LIKED = 4;
    private static final int HELD_OUT_OF = 5;
    private static final Pattern YEAR = Pattern.compile("\\((\\d{4})\\)$");

    private final Path folder;
    private final InputTable users;
    private final InputTable items;

    private record Like(int user, int item, int second) {}

    private MovieLens100k(Path folder) throws IOException {
        this.folder = folder;
        this.users = readUsers();
        this.items = readItems();
    }

    /** Whether a folder holds it. */
    public static boolean isFor(Path folder) {
        return Files.exists(folder.resolve(RATINGS));
    }

    /**
     * Reads it.
     *
     * @param validation split what is left without the newest fifth in the same way, and never look at that fifth
     * @param k how many items of the ranking count
     * @throws DataFormatException naming file, line and rule
     * @throws IOException if a file is missing or is not gzip, naming it
     */
    public static FullSplit read(Path folder, boolean validation, int k) throws IOException {
        MovieLens100k data = new MovieLens100k(folder);
        List<List<Like>> byUser = data.readLikes();
        if (validation) {
            byUser.forEach(likes -> likes.subList(kept(likes), likes.size()).clear());
        }
        return data.split(byUser, k);
    }

    private static int kept(List<Like> likes) {
        return likes.size() - likes.size() / HELD_OUT_OF;
    }

    private FullSplit split(List<List<Like>> byUser, int k) {
        List<Like> train = new ArrayList<>();
        int[][] heldOut = new int[byUser.size()][];
        for (int user = 0; user < heldOut.length; user++) {
            List<Like> likes = byUser.get(user);
            train.addAll(likes.subList(0, kept(likes)));
            heldOut[user] = likes.subList(kept(likes), likes.size()).stream()
                    .mapToInt(Like::item)
                    .sorted()
                    .toArray();
        }
        float[] ones = new float[train.size()];
        Arrays.fill(ones, 1);
        SparseRows rows = SparseRows.of(
                users.size(),
                items.size(),
                train.stream().mapToInt(Like::user).toArray(),
                train.stream().mapToInt(Like::item).toArray(),
                ones);
        Map<String, String> notes = Map.of(
                "split",
                "ratings of at least " + LEAST_LIKED + ", of each user the newest 1/" + HELD_OUT_OF + " held out");
        return new FullSplit(rows, heldOut, users, items, k, notes);
    }

    /** By user, oldest first; in the order of the file where times are the same. */
    private List<List<Like>> readLikes() throws IOException {
        List<List<Like>> likes = new ArrayList<>();
        for (int user = 0; user < users.size(); user++) {
            likes.add(new ArrayList<>());
        }
        try (GzipLines file = GzipLines.open(folder.resolve(RATINGS), "\t", BELONGS)) {
            for (String[] fields = file.next(); fields != null; fields = file.next()) {
                file.requireFields(fields, 4, "user, movie, rating, second since 1970");
                Like like = new Like(
                        row(file, "user", fields[0], users.size()),
                        row(file, "movie", fields[1], items.size()),
                        second(file, fields[3]));
                if (file.number("rating", fields[2]) >= LEAST_LIKED) {
                    likes.get(like.user()).add(like);
                }
            }
        }
        likes.forEach(each -> each.sort(Comparator.comparingInt(Like::second)));
        return likes;
    }

    private static int row(GzipLines file, String name, String field, int rows) throws IOException {
        int number = file.number(name, field);
        if (number < 1 || number > rows) {
            throw file.broken(name + " is " + number + ", must be one of the " + rows + " there are");
        }
        return number - 1;
    }

    private static int second(GzipLines file, String field) throws IOException {
        try {
            return Integer.parseInt(field);
        } catch (NumberFormatException e) {
            throw file.broken(
                    "second is \"" + field.substring(0, Math.min(40, field.length())) + "\", must be a whole number");
        }
    }

    private InputTable readUsers() throws IOException {
        List<String[]> lines = lines(USERS, 5, "user, age, gender, occupation, postcode");
        InputTable table = FitTask.numbered(lines.size());
        float[] ages = new float[lines.size()];
        for (int user = 0; user < ages.length; user++) {
            ages[user] = Float.parseFloat(lines.get(user)[1]);
        }
        table.columns().put("age", new InputColumn.Numbers(ages));
        table.columns().put("gender", categories(lines, 2));
        table.columns().put("occupation", categories(lines, 3));
        return table;
    }

    private InputTable readItems() throws IOException {
        List<String[]> lines = lines(MOVIES, FIRST_GENRE + GENRES.size(), "movie, title, dates, address and genres");
        String[] years = new String[lines.size()];
        List<List<String>> genres = new ArrayList<>();
        for (int item = 0; item < years.length; item++) {
            String[] fields = lines.get(item);
            Matcher found = YEAR.matcher(fields[1].strip());
            years[item] = found.find() ? found.group(1) : "";
            genres.add(genres(fields));
        }
        InputTable table = FitTask.numbered(lines.size());
        table.columns()
                .put(
                        "title",
                        new InputColumn.Texts(
                                lines.stream().map(fields -> fields[1]).toArray(String[]::new)));
        table.columns().put("categories", new InputColumn.CategoryLists(genres));
        table.columns().put("year", new InputColumn.Categories(years));
        return table;
    }

    private static List<String> genres(String[] fields) {
        List<String> genres = new ArrayList<>();
        for (int genre = 0; genre < GENRES.size(); genre++) {
            if (fields[FIRST_GENRE + genre].equals("1")) {
                genres.add(GENRES.get(genre));
            }
        }
        return genres;
    }

    private static InputColumn categories(List<String[]> lines, int field) {
        return new InputColumn.Categories(
                lines.stream().map(fields -> fields[field]).toArray(String[]::new));
    }

    /** The lines of a table, which are numbered from 1 in their first field. */
    private List<String[]> lines(String name, int fieldCount, String what) throws IOException {
        List<String[]> lines = new ArrayList<>();
        try (GzipLines file = GzipLines.open(folder.resolve(name), "\\|", ISO_8859_1, BELONGS)) {
            for (String[] fields = file.next(); fields != null; fields = file.next()) {
                file.requireFields(fields, fieldCount, what);
                if (file.number("number", fields[0]) != lines.size() + 1) {
                    throw file.broken("number is " + fields[0] + ", must be " + (lines.size() + 1)
                            + ": one line each, in ascending order");
                }
                lines.add(fields);
            }
        }
        return lines;
    }
}
