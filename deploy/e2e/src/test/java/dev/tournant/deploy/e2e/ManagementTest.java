package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator sees on the management ports. */
class ManagementTest {
    private final LiveStack live = LiveStack.get();

    private String get(NodeProcess node, String path) throws IOException {
        return live.web().get(node.managementUrl() + path).ok().body();
    }

    private JsonNode json(NodeProcess node, String path) throws IOException {
        return live.web().get(node.managementUrl() + path).ok().json();
    }

    /** The samples of a node by name and labels; and the sum over all labels by name alone. */
    private Map<String, Double> metrics(NodeProcess node) throws IOException {
        Map<String, Double> samples = new HashMap<>();
        for (String line : get(node, "/metrics").split("\n", -1)) {
            int space = line.lastIndexOf(' ');
            if (line.startsWith("tournant_") && space > 0) {
                String sample = line.substring(0, space);
                double value = Double.parseDouble(line.substring(space + 1));
                samples.put(sample, value);
                if (sample.contains("{")) {
                    samples.merge(sample.substring(0, sample.indexOf('{')), value, Double::sum);
                }
            }
        }
        return samples;
    }

    @Test
    void saysOnEveryNodeThatItIsAliveAndReady() throws Exception {
        for (NodeProcess node : live.stack().nodes()) {
            get(node, "/alive");
            eventually(() -> live.stack().isReady(node));
        }
    }

    @Test
    void countsWhatBecameOfEveryRecordThatWasReceived() throws Exception {
        live.awaitQuiet();
        Stack.Merchant merchant = live.merchant(6);
        double applied = sum("tournant_ingest_records_total{outcome=\"applied\"}");
        double duplicate = sum("tournant_ingest_records_total{outcome=\"duplicate\"}");
        double quarantined = sum("tournant_ingest_records_total{outcome=\"quarantined\"}");
        String count = LiveStack.count(merchant, "measured", "measured", "9", "2031-01-01T00:00:00Z");
        live.hook(merchant, count).ok();
        live.hook(merchant, count).ok();
        live.hook(merchant, "{").ok();
        live.awaitQuiet();

        // Polls go on meanwhile, and bring pages without news.
        eventually(() -> sum("tournant_ingest_records_total{outcome=\"applied\"}") >= applied + 1
                && sum("tournant_ingest_records_total{outcome=\"duplicate\"}") == duplicate + 1
                && sum("tournant_ingest_records_total{outcome=\"quarantined\"}") == quarantined + 1);
        for (NodeProcess node : live.stack().nodes()) {
            // The figures are read one after another, so a page that comes in meanwhile may stand between them.
            eventually(() -> {
                Map<String, Double> metrics = metrics(node);
                return metrics.get("tournant_ingest_received_total")
                        == metrics.get("tournant_ingest_records_total")
                                + metrics.get("tournant_ingest_pending")
                                + metrics.getOrDefault("tournant_ingest_abandoned_total", 0.0);
            });
        }
    }

    private double sum(String sample) throws IOException {
        double sum = 0;
        for (NodeProcess node : live.stack().nodes()) {
            sum += metrics(node).get(sample);
        }
        return sum;
    }

    @Test
    void measuresJournalBatchesLagAndAsks() throws Exception {
        live.awaitQuiet();
        for (NodeProcess node : live.stack().nodes()) {
            assertThat(metrics(node))
                    .as(node.name())
                    .containsKeys(
                            "tournant_merchant_journal_seconds_count",
                            "tournant_merchant_journal_seconds{quantile=\"0.99\"}",
                            "tournant_merchant_group_commands{quantile=\"0.99\"}",
                            "tournant_ingest_batch_records{quantile=\"0.99\"}",
                            "tournant_ingest_lag_records",
                            "tournant_merchants_ask_seconds{kind=\"ask\",quantile=\"0.99\"}",
                            "tournant_merchants_ask_seconds{kind=\"tell\",quantile=\"0.99\"}");
            // It is read from Kafka now and then.
            eventually(() -> metrics(node).get("tournant_ingest_lag_records") == 0);
        }
        live.summary(live.merchant(6));
        assertThat(sum("tournant_merchant_journal_seconds_count")).isPositive();
        assertThat(sum("tournant_merchants_ask_seconds_count{kind=\"ask\"}")).isPositive();
    }

    @Test
    void showsThreeMembersAndTheShardsThatTheyShare() throws Exception {
        for (NodeProcess node : live.stack().nodes()) {
            eventually(() -> json(node, "/cluster/members")
                    .path("members")
                    .findValuesAsText("status")
                    .equals(List.of("Up", "Up", "Up")));
            assertThat(json(node, "/cluster/members").path("unreachable")).isEmpty();
        }
        // A shard that is on the move may be seen twice, or not at all.
        eventually(() -> {
            List<String> shards = new ArrayList<>();
            int awake = 0;
            for (Stack.Merchant merchant : live.stack().merchants()) {
                live.summary(merchant);
            }
            for (NodeProcess node : live.stack().nodes()) {
                for (JsonNode region : json(node, "/cluster/shards/merchant").path("regions")) {
                    shards.add(region.path("shardId").asText());
                    awake += region.path("numEntities").asInt();
                }
            }
            // More are awake where somebody asked for a merchant that does not exist.
            return awake >= live.stack().merchants().size() && new HashSet<>(shards).size() == shards.size();
        });
    }

    @Test
    void letsNobodyDownANode() throws Exception {
        // The member does not exist: where this were allowed, the answer would be 404.
        String member = "/cluster/members/tournant@127.0.0.1:1";
        assertThat(live.web()
                        .send(
                                "PUT",
                                live.node(1).managementUrl() + member,
                                "operation=Down",
                                Map.of("Content-Type", "application/x-www-form-urlencoded"))
                        .status())
                .isEqualTo(405);
    }
}
