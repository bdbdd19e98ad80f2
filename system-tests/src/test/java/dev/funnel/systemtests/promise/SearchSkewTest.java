package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.SearchTokens;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.UserTable;
import dev.funnel.candidate.generate.Question;
import dev.funnel.inference.Tower;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.proto.common.v1.Interaction;
import dev.funnel.proto.common.v1.InteractionKind;
import dev.funnel.runtime.user.UserStates;
import dev.funnel.runtime.wire.FromWire;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.ToWire;
import dev.funnel.runtime.wire.UserState;
import dev.funnel.trainer.prepare.Searches;
import dev.funnel.trainer.read.SearchLog;
import dev.funnel.trainer.tower.FutureExamples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody searched for reaches a retrieval network the same way from the trainer's log and from a caller's request. */
class SearchSkewTest {
    private static final List<String> LATEST_FIRST = List.of(
            "Cats & DOGS",
            "the late late show",
            "\u8a9e".repeat(50) + " caf\u00e9",
            "?",
            "how to tie a tie",
            "Cats & DOGS");

    @TempDir
    Path folder;

    @Test
    void the_same_searches_give_the_same_input_in_trainer_and_service() throws Exception {
        Map<String, FeatureValue> trained =
                FutureExamples.known(Map.of(), searches().before(0, Long.MAX_VALUE));
        Map<String, FeatureValue> served = served(LATEST_FIRST, List.of());
        assertTrue(trained.containsKey(SearchTokens.COLUMN));
        assertEquals(trained, served);
    }

    @Test
    void it_does_not_matter_which_of_them_the_bundle_holds_already() throws Exception {
        List<String> older = LATEST_FIRST.subList(2, 5);
        assertEquals(
                FutureExamples.known(Map.of(), SearchTokens.bag(LATEST_FIRST.subList(0, 5))),
                served(LATEST_FIRST.subList(0, 2), SearchTokens.bag(older)));
    }

    private static Searches searches() {
        int count = LATEST_FIRST.size();
        return Searches.of(
                new SearchLog(
                        new int[count],
                        IntStream.range(0, count).mapToLong(i -> count - i).toArray(),
                        LATEST_FIRST.toArray(String[]::new)),
                1);
    }

    /** What a network reads of a caller's request, through all services. */
    private Map<String, FeatureValue> served(List<String> asked, List<String> held) throws Exception {
        Path itemFile = folder.resolve("items.safetensors");
        new TableWriter(itemFile, new String[] {"a"}).write();
        Path userFile = folder.resolve("users.safetensors");
        new TableWriter(userFile, new String[] {"ann"})
                .categoryList(SearchTokens.COLUMN, List.of(held))
                .write();
        try (TensorFile itemTensors = TensorFile.open(itemFile);
                TensorFile userTensors = TensorFile.open(userFile)) {
            ItemTable items = ItemTable.load(itemTensors);
            UserTable users = UserTable.load(userTensors, items.size());
            Query query = FromWire.query("query", wire(asked));
            UserState state = UserStates.join(items, users, query).state();
            UserState sent = FromWire.userState("user", ToWire.userState(state));
            Question question = Question.of(sent, query, items, users);
            return Tower.profile(question.person().profile());
        }
    }

    private static dev.funnel.proto.common.v1.Query wire(List<String> searches) {
        dev.funnel.proto.common.v1.Query.Builder query =
                dev.funnel.proto.common.v1.Query.newBuilder().setUserId("ann");
        query.getContextBuilder().getTimeBuilder().setSeconds(1_800_000_000);
        searches.forEach(text -> query.addRecent(Interaction.newBuilder()
                .setKind(InteractionKind.INTERACTION_KIND_SEARCH)
                .setQueryText(text)));
        return query.build();
    }
}
