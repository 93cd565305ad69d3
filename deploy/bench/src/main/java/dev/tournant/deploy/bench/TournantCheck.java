package dev.tournant.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** Whether the node holds what the feed said: every record counted once, and every quantity the last one. */
final class TournantCheck {
    private static final int PAGE = 1_000;

    private TournantCheck() {}

    /** @param records how many there are in the inbound topic: the feed's, and the pages that new merchants fetched */
    static void check(Api api, StockFeed feed, long records) {
        long applied = 0;
        long quantities = 0;
        for (int merchant = 0; merchant < feed.merchants(); merchant++) {
            String path = "/v1/merchants/" + StockFeed.merchant(merchant);
            JsonNode tally = api.json(path).path("tally");
            applied += tally.path("applied").asLong();
            if (tally.path("duplicate").asLong() + tally.path("quarantined").asLong() != 0) {
                throw new IllegalStateException(path + " has refused records: " + tally);
            }
            JsonNode page = api.json(path + "/records/item?limit=" + PAGE);
            quantities += quantities(feed, merchant, page.path("records"));
        }
        if (applied != records) {
            throw new IllegalStateException("the merchants counted " + applied + " records, not " + records);
        }
        System.out.printf("checked: %,d records counted once each, %,d last quantities right%n", applied, quantities);
    }

    private static int quantities(StockFeed feed, int merchant, JsonNode records) {
        int right = 0;
        for (int item = 0; item < feed.items(); item++) {
            long last = feed.last(merchant, item);
            if (last != 0) {
                JsonNode found = find(records, StockFeed.item(item));
                String quantity = found.path("fields").path("quantity").asText("0");
                if (new BigDecimal(quantity).compareTo(BigDecimal.valueOf(last)) != 0) {
                    throw new IllegalStateException(
                            "merchant " + merchant + " item " + item + ": " + found + ", not " + last);
                }
                right++;
            }
        }
        return right;
    }

    private static JsonNode find(JsonNode records, String id) {
        for (JsonNode each : records) {
            if (each.path("id").asText().equals(id)) {
                return each;
            }
        }
        throw new IllegalStateException("no record " + id + " among " + records.size());
    }
}
