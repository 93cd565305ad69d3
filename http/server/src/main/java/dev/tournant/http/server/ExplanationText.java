package dev.tournant.http.server;

import dev.tournant.messages.MerchantReply.Explanation;
import dev.tournant.messages.MerchantReply.FieldStory;
import dev.tournant.messages.MerchantReply.NotKept;
import dev.tournant.messages.MerchantReply.Said;
import dev.tournant.model.Provenance;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An explanation in lines for people: the answer, then each field, then what happens next. */
final class ExplanationText {
    private final Explanation explanation;
    private final StringBuilder out = new StringBuilder();

    private ExplanationText(Explanation explanation) {
        this.explanation = explanation;
    }

    static String of(Explanation explanation) {
        ExplanationText text = new ExplanationText(explanation);
        text.out.append(explanation.answer()).append(".\n");
        explanation.fields().forEach(text::story);
        text.out.append("\nNext: ").append(explanation.next()).append(".\n");
        return text.out.toString();
    }

    private void story(FieldStory story) {
        Said current = story.current();
        out.append('\n').append(story.field()).append('\n');
        line(
                "merchant",
                current == null ? "nobody said anything" : value(current.value()) + ", said by " + by(current));
        line("rule", story.rule());
        if (explanation.link() != null) {
            String because = story.because().isEmpty() ? "" : ", because " + story.because();
            line("should show", value(story.desired()) + because);
            line("shows", shows(story));
        }
        NotKept notKept = story.notKept();
        if (notKept != null) {
            line("not kept", notKept(notKept));
        }
        story.overruled().forEach(each -> line("overruled", value(each.value()) + ", said by " + by(each)));
    }

    private static String notKept(NotKept each) {
        return "told " + value(each.told()) + (each.times() == 1 ? " once" : " " + each.times() + " times") + " since "
                + each.since() + ", and showed " + value(each.shown()) + " afterwards"
                + (each.held() ? "; it is not told so any more" : "");
    }

    private static String shows(FieldStory story) {
        Said reported = story.reported();
        if (reported == null) {
            return "not known";
        }
        String same = Objects.equals(reported.value(), story.desired()) ? "" : "  <- differs";
        return value(reported.value())
                + (reported.told() ? ", as it was told, from " : ", as it said itself, from ")
                + by(reported)
                + same;
    }

    private void line(String name, String text) {
        out.append("  ")
                .append(name)
                .append(": ")
                .append(" ".repeat(11 - name.length()))
                .append(text)
                .append('\n');
    }

    private static String by(Said said) {
        boolean isOperator = said.link().equals(Provenance.API);
        String in = said.event().isEmpty() ? "" : (isOperator ? " in request " : " in event ") + said.event();
        return (isOperator ? "an operator" : said.link()) + " at " + said.at() + in;
    }

    private static String value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map && map.keySet().equals(Set.of("amount", "currency"))) {
            return map.get("amount") + " " + map.get("currency");
        }
        return value == null ? "nothing" : new String(Answers.bytes(value), StandardCharsets.UTF_8);
    }
}
