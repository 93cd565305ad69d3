package dev.tournant.cluster.gate;

import dev.tournant.adapter.News;

/** What became of a call that was granted. */
public sealed interface End {
    End LOST = new Lost();
    End UNUSED = new Unused();

    /** It was sent, and its answer has come whole. */
    record Answered(News news) implements End {}

    /** It was sent, or may have been, and no answer is known. It counts as long as it may yet arrive at the partner. */
    record Lost() implements End {}

    /** It was not sent and never will be. Of a wish that waits: it is withdrawn, and there will be no verdict. */
    record Unused() implements End {}
}
