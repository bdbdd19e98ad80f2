package dev.funnel.trainer.trees;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.funnel.trainer.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nodes of all trees, as ONNX wants them: one list per property (ai.onnx.ml, TreeEnsembleRegressor). */
final class TreeNodes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Long> trees = new ArrayList<>();
    private final List<Long> nodes = new ArrayList<>();
    private final List<Long> features = new ArrayList<>();
    private final List<Float> values = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Long> ifTrue = new ArrayList<>();
    private final List<Long> ifFalse = new ArrayList<>();
    private final List<Long> missingIsTrue = new ArrayList<>();
    private final List<Long> leafTrees = new ArrayList<>();
    private final List<Long> leafNodes = new ArrayList<>();
    private final List<Float> leafWeights = new ArrayList<>();
    private final float base;
    private long tree = -1;

    /** @param base what the trees are added to */
    TreeNodes(float base) {
        this.base = base;
    }

    /** Adds a tree in the JSON form of XGBoost's dump. */
    void add(String dump) {
        tree++;
        try {
            add(JSON.readTree(dump));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("tree " + tree + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private void add(JsonNode node) {
        long id = node.path("nodeid").asLong();
        trees.add(tree);
        nodes.add(id);
        if (node.has("leaf")) {
            leaf(id, Float.parseFloat(node.path("leaf").asText()));
            return;
        }
        long yes = node.path("yes").asLong();
        modes.add("BRANCH_LT");
        features.add(Long.parseLong(node.path("split").asText().substring(1)));
        values.add(Float.parseFloat(node.path("split_condition").asText()));
        ifTrue.add(yes);
        ifFalse.add(node.path("no").asLong());
        missingIsTrue.add(node.path("missing").asLong() == yes ? 1L : 0L);
        node.path("children").forEach(this::add);
    }

    private void leaf(long id, float weight) {
        modes.add("LEAF");
        features.add(0L);
        values.add(0f);
        ifTrue.add(0L);
        ifFalse.add(0L);
        missingIsTrue.add(0L);
        leafTrees.add(tree);
        leafNodes.add(id);
        leafWeights.add(weight);
    }

    /** Adds one node that gives the sum of the base and all trees' leaves, [N, 1]; returns its output. */
    String write(OnnxModel model, String input, String output) {
        Map<String, List<?>> attributes = new LinkedHashMap<>();
        attributes.put("nodes_treeids", trees);
        attributes.put("nodes_nodeids", nodes);
        attributes.put("nodes_featureids", features);
        attributes.put("nodes_values", values);
        attributes.put("nodes_modes", modes);
        attributes.put("nodes_truenodeids", ifTrue);
        attributes.put("nodes_falsenodeids", ifFalse);
        attributes.put("nodes_missing_value_tracks_true", missingIsTrue);
        attributes.put("target_treeids", leafTrees);
        attributes.put("target_nodeids", leafNodes);
        attributes.put("target_ids", leafTrees.stream().map(leaf -> 0L).toList());
        attributes.put("target_weights", leafWeights);
        attributes.put("base_values", List.of(base));
        return model.trees(output, input, attributes);
    }
}
