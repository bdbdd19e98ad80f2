package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.reranker.rule.Policy;
import dev.funnel.runtime.config.ConfigurationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page about policies shows one that can be read. */
class PoliciesPageTest {
    @Test
    void the_example_is_a_policy() throws IOException {
        String page = Files.readString(Path.of("../docs/policies.md"));
        int start = page.indexOf("```yaml") + "```yaml".length();
        String yaml = page.substring(start, page.indexOf("```", start));
        Policies policies = new Policies(
                ConfigurationFile.parse(PolicyFile.class, "policies.md", "policies:\n" + yaml.indent(2), Map.of())
                        .policies());
        assertEquals(9, policies.named("").policy().rules().count());
    }

    /** What a file of policies holds. */
    record PolicyFile(Map<String, Policy> policies) {}
}
