package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.read.InputColumn;
import dev.funnel.trainer.read.InputTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * What MovieLens-1M says of its users and movies, for the users and items of an NCF split of it: {@code users.dat.gz} and
 * {@code movies.dat.gz}, and beside the split {@code item_id_map.tsv.gz} (item, movie id). User u of the split is MovieLens' user
 * u + 1.
 */
public final class MovieLensFeatures {
    private static final Pattern YEAR = Pattern.compile("\\((\\d{4})\\)$");

    private final Path movieLens;
    private final Path split;

    private MovieLensFeatures(Path movieLens, Path split) {
        this.movieLens = movieLens;
        this.split = split;
    }

    /**
     * A split with side features.
     *
     * @param movieLens the folder of MovieLens-1M
     * @param folder the folder of the split
     * @throws IOException naming the file, if one is missing, or does not tell of all users and items
     */
    public static NcfSplit read(NcfData data, Path movieLens, Path folder) throws IOException {
        MovieLensFeatures features = new MovieLensFeatures(movieLens, folder);
        return new NcfSplit(data, features.users(data.users()), features.items(data.items()));
    }

    private InputTable users(int count) throws IOException {
        Path file = movieLens.resolve("users.dat.gz");
        List<String> lines = lines(file, StandardCharsets.ISO_8859_1);
        require(lines.size() == count, file, "tells of " + lines.size() + " users, the split has " + count);
        String[] gender = new String[count];
        String[] age = new String[count];
        String[] occupation = new String[count];
        String[] region = new String[count];
        for (String line : lines) {
            String[] cells = cells(file, line, 5);
            int user = Integer.parseInt(cells[0]) - 1;
            gender[user] = cells[1];
            age[user] = cells[2];
            occupation[user] = cells[3];
            region[user] = cells[4].substring(0, 1);
        }
        InputTable users = new InputTable(FitTask.numbered(count).ids(), new LinkedHashMap<>());
        users.columns().put("gender", new InputColumn.Categories(gender));
        users.columns().put("age", new InputColumn.Numbers(numbers(age)));
        users.columns().put("age_group", new InputColumn.Categories(age));
        users.columns().put("occupation", new InputColumn.Categories(occupation));
        users.columns().put("region", new InputColumn.Categories(region));
        return users;
    }

    private InputTable items(int count) throws IOException {
        Path file = movieLens.resolve("movies.dat.gz");
        Map<String, Integer> itemOfMovie = itemOfMovie();
        List<List<String>> genres = new ArrayList<>();
        String[] year = new String[count];
        String[] title = new String[count];
        Arrays.fill(year, "");
        Arrays.fill(title, "");
        for (int item = 0; item < count; item++) {
            genres.add(List.of());
        }
        for (String line : lines(file, StandardCharsets.ISO_8859_1)) {
            String[] cells = cells(file, line, 3);
            Integer item = itemOfMovie.get(cells[0]);
            if (item != null) {
                title[item] = cells[1];
                genres.set(item, List.of(cells[2].split("\\|")));
                Matcher found = YEAR.matcher(cells[1]);
                year[item] = found.find() ? found.group(1) : "";
            }
        }
        InputTable items = new InputTable(FitTask.numbered(count).ids(), new LinkedHashMap<>());
        items.columns().put("title", new InputColumn.Texts(title));
        items.columns().put("categories", new InputColumn.CategoryLists(genres));
        items.columns().put("year", new InputColumn.Categories(year));
        return items;
    }

    private Map<String, Integer> itemOfMovie() throws IOException {
        Map<String, Integer> items = new HashMap<>();
        for (String line : lines(split.resolve("item_id_map.tsv.gz"), StandardCharsets.UTF_8)) {
            int tab = line.indexOf('\t');
            items.put(line.substring(tab + 1), Integer.parseInt(line.substring(0, tab)));
        }
        return items;
    }

    private static float[] numbers(String[] texts) {
        float[] numbers = new float[texts.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Float.parseFloat(texts[i]);
        }
        return numbers;
    }

    private static String[] cells(Path file, String line, int count) throws IOException {
        String[] cells = line.split("::", -1);
        require(cells.length == count, file, "has a line of " + cells.length + " cells, must have " + count);
        return cells;
    }

    private static void require(boolean holds, Path file, String what) throws IOException {
        if (!holds) {
            throw new IOException(file + " " + what);
        }
    }

    private static List<String> lines(Path file, java.nio.charset.Charset charset) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(bytes), charset))) {
            return lines.lines().toList();
        }
    }
}
