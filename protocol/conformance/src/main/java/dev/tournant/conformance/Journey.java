package dev.tournant.conformance;

import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fetch, answered by pages in their order.
 *
 * @param next what would be asked after the last step; null at the end
 * @param until what was said last
 */
record Journey(
        List<Step> steps, @Nullable Request next, @Nullable String until) {
    /** Probes and redirections before the first page. */
    private static final int ASKS_MAX = 4;

    record Step(Sample page, Request asked, Turn turn) {}

    /** Ends where the adapter ends, or where there are no more pages. */
    static Journey of(Trial trial, Fetch fetch, List<Sample> pages) {
        List<Step> steps = new ArrayList<>();
        Request request = trial.open(fetch);
        String until = null;
        int asks = 0;
        for (int nth = 0; request != null && nth < pages.size(); ) {
            Turn turn = trial.turn(fetch, request, pages.get(nth));
            steps.add(new Step(pages.get(nth), request, turn));
            if (turn instanceof Turn.Page page) {
                until = page.until() == null ? until : page.until();
                request = page.next();
                nth++;
            } else if (turn instanceof Turn.Ask ask && asks++ < ASKS_MAX) {
                request = ask.next();
            } else {
                return new Journey(steps, null, until);
            }
        }
        return new Journey(steps, request, until);
    }

    /** The fetches that the samples show: the numbered pages together, every other sample by itself. */
    static List<List<Sample>> fetches(Trial trial, String resource) {
        List<List<Sample>> fetches = new ArrayList<>();
        List<Sample> pages = trial.subject().samples().pages(resource);
        if (!pages.isEmpty()) {
            fetches.add(pages);
        }
        trial.subject().samples().of(resource).stream()
                .filter(each -> !each.isPage())
                .forEach(each -> fetches.add(List.of(each)));
        return fetches;
    }
}
