package dev.tournant.http.server;

import dev.tournant.messages.MerchantReply.Crossed;
import dev.tournant.messages.MerchantReply.Differs;
import dev.tournant.messages.MerchantReply.Drift;
import dev.tournant.messages.MerchantReply.Explanation;
import dev.tournant.messages.MerchantReply.FieldStory;
import dev.tournant.messages.MerchantReply.LinkPreview;
import dev.tournant.messages.MerchantReply.LinkReport;
import dev.tournant.messages.MerchantReply.NotKept;
import dev.tournant.messages.MerchantReply.Quarantined;
import dev.tournant.messages.MerchantReply.Said;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is told of links, in the JSON of this API. */
final class LinkJson {
    private LinkJson() {}

    /** All that is known of how a link stands. */
    static Map<String, Object> report(LinkReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("link", report.link());
        standing(json, report);
        json.put("pending", report.pending());
        json.put("pending-count", report.pendingCount());
        json.put(
                "quarantined",
                report.quarantined().stream().map(LinkJson::quarantined).toList());
        json.put("quarantined-count", report.quarantinedCount());
        json.put("unsupported", report.unsupported());
        json.put("unsupported-count", report.unsupportedCount());
        json.put("drifting", report.drifting().stream().map(LinkJson::drift).toList());
        json.put("jobs", report.jobs());
        putUnlessNull(json, "pushed-at", report.pushedAt());
        json.put("records", report.there());
        return json;
    }

    /** The same in a line of a list. */
    static Map<String, Object> brief(LinkReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", report.link().id());
        json.put("partner", report.link().partner());
        json.put("direction", report.link().direction().name().toLowerCase(java.util.Locale.ROOT));
        standing(json, report);
        json.put("pending-count", report.pendingCount());
        json.put("quarantined-count", report.quarantinedCount());
        return json;
    }

    private static void standing(Map<String, Object> json, LinkReport report) {
        json.put("state", report.state());
        putUnlessNull(json, "since", report.since());
        json.put("what", report.what());
    }

    private static Map<String, Object> quarantined(Quarantined each) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("record", each.key());
        json.put("code", each.code());
        json.put("why", each.why());
        json.put("at", each.at());
        return json;
    }

    private static Map<String, @Nullable Object> drift(Drift each) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("record", each.key());
        json.put("field", each.field());
        json.put("shows", each.shows());
        json.put("should", each.should());
        json.put("event", each.event());
        json.put("at", each.at());
        if (each.notKept() > 0) {
            json.put("not-kept", each.notKept());
        }
        return json;
    }

    static Map<String, Object> explanation(Explanation explanation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("record", explanation.key());
        putUnlessNull(json, "link", explanation.link());
        json.put("answer", explanation.answer());
        json.put(
                "fields",
                explanation.fields().stream()
                        .map(each -> story(each, explanation.link() != null))
                        .toList());
        json.put("next", explanation.next());
        return json;
    }

    private static Map<String, @Nullable Object> story(FieldStory story, boolean onLink) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("field", story.field());
        json.put("current", said(story.current(), false));
        json.put("rule", story.rule());
        if (onLink) {
            json.put("desired", story.desired());
            json.put("because", story.because());
            json.put("reported", said(story.reported(), true));
        }
        json.put(
                "overruled",
                story.overruled().stream().map(each -> said(each, false)).toList());
        NotKept notKept = story.notKept();
        if (notKept != null) {
            json.put("not-kept", notKept(notKept));
        }
        return json;
    }

    private static Map<String, @Nullable Object> notKept(NotKept each) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("told", each.told());
        json.put("shown", each.shown());
        json.put("times", each.times());
        json.put("held", each.held());
        json.put("since", each.since());
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> said(@Nullable Said said, boolean reported) {
        if (said == null) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("value", said.value());
        json.put("link", said.link());
        json.put("event", said.event());
        json.put("at", said.at());
        json.put("version", said.version());
        if (reported) {
            json.put("told", said.told());
        }
        return json;
    }

    static Map<String, @Nullable Object> conflict(Crossed each) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("number", each.number());
        json.put("at", each.at());
        json.put("record", each.key());
        json.put("field", each.field());
        json.put("won", said(each.won(), false));
        json.put("lost", said(each.lost(), false));
        json.put("rule", each.rule());
        return json;
    }

    static Map<String, Object> preview(LinkPreview preview) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "differences",
                preview.differences().stream().map(LinkJson::differs).toList());
        json.put("total", preview.total());
        return json;
    }

    private static Map<String, @Nullable Object> differs(Differs each) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("record", each.key());
        json.put("field", each.field());
        json.put("merchant", each.merchant());
        json.put("now", each.now());
        json.put("then", each.then());
        json.put("because", each.because());
        return json;
    }

    private static void putUnlessNull(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
