package dev.tournant.deploy.stack;

import java.util.ArrayList;
import java.util.List;

/** What somebody may try who has just started the stack; only what is there is named. */
final class Hints {
    private Hints() {}

    /**
     * Commands, one a line.
     *
     * @param merchants names of those that can be read, first of all the one to try
     */
    static List<String> reading(String node, String apiKey, List<String> merchants) {
        if (merchants.isEmpty()) {
            return List.of(
                    "there is no merchant yet; protocol/GUIDE.md, step 6, has a request that makes one at " + node);
        }
        List<String> lines = new ArrayList<>();
        lines.add("curl -H 'Authorization: Bearer " + apiKey + "' " + node + records(merchants.get(0)));
        merchants.stream().skip(1).forEach(each -> lines.add("the same of another merchant: ..." + records(each)));
        return lines;
    }

    /** A command that edits an item at Square's stand-in, and a second later shows it as the merchant has it. */
    static String editing(String square, String seller, String node, String apiKey, String merchant) {
        return "ID=$(curl -s " + square + "/control/edit -d '{\"seller\":\"" + seller + "\",\"kind\":\"rename\"}'"
                + " | tee /dev/stderr | sed 's/.*\"objectId\":\"\\([^\"]*\\).*/\\1/'); sleep 1; curl -s"
                + " -H 'Authorization: Bearer " + apiKey + "' " + node + "/v1/merchants/" + merchant
                + "/records/item/$ID";
    }

    private static String records(String merchant) {
        return "/v1/merchants/" + merchant + "/records/item?limit=3";
    }
}
