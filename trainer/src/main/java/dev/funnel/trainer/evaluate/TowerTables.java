package dev.funnel.trainer.evaluate;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.UserTable;
import dev.funnel.trainer.read.InputTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tables of an evaluation in the form in which bundles hold them: that is what features are read from. */
record TowerTables(ItemTable items, UserTable users, Arena arena) implements AutoCloseable {

    static TowerTables of(InputTable items, InputTable users) {
        Arena arena = Arena.ofShared();
        try {
            Path folder = Files.createTempDirectory("funnel-evaluate-");
            Path itemFile = write(folder.resolve("items.safetensors"), items);
            Path userFile = write(folder.resolve("users.safetensors"), users);
            ItemTable itemTable = ItemTable.load(TensorFile.open(itemFile, arena));
            UserTable userTable = UserTable.load(TensorFile.open(userFile, arena), items.size());
            // Mapped files stay readable after their names are gone.
            Files.delete(itemFile);
            Files.delete(userFile);
            Files.delete(folder);
            return new TowerTables(itemTable, userTable, arena);
        } catch (IOException e) {
            arena.close();
            throw new UncheckedIOException(e);
        } catch (BundleRefusedException e) {
            arena.close();
            throw new IllegalStateException("a table just written cannot be read", e);
        }
    }

    private static Path write(Path file, InputTable table) throws IOException {
        TableWriter writer = new TableWriter(file, table.ids());
        table.writeTo(writer);
        writer.write();
        return file;
    }

    @Override
    public void close() {
        arena.close();
    }
}
