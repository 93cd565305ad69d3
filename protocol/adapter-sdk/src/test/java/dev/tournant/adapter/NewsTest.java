package dev.tournant.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Limit.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewsTest {
    private static final Instant NOW = Instant.parse("2026-02-01T09:05:00Z");
    private static final Refusals REFUSALS =
            Refusals.at("code", "message").withPassing("BUSY").withTooMany("THROTTLED");
    private static final LimitHeaders HEADERS =
            new LimitHeaders("X-Limit", "X-Left", new Wait("X-Reset", Wait.Form.EPOCH_SECONDS), null, Set.of());
    private static final Limit PLAIN = Limit.rate("plain", Scope.ACCOUNT, 5, Duration.ofSeconds(1));
    private static final Limit TOLD = PLAIN.toldIn(HEADERS);
    private static final Limit SMALL = PLAIN.toldIn(HEADERS.where("X-Which", "SMALL", "tiny"));

    private static Answer answer(int status, String code, Map<String, String> headers) {
        return new Answer(status, headers, ("{\"code\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static News one(Limit limit, Answer answer) {
        return News.of(List.of(limit), REFUSALS, answer).get(0);
    }

    private static String epoch(int later) {
        return Long.toString(NOW.getEpochSecond() + later);
    }

    @Test
    void isNoneOfAnAnswerThatSaysNothing() {
        assertThat(one(TOLD, answer(200, "", Map.of()))).isSameAs(News.NONE);
        assertThat(one(PLAIN, answer(200, "", Map.of("x-left", "3")))).isSameAs(News.NONE);
        assertThat(one(PLAIN, answer(503, "", Map.of("retry-after", "3")))).isSameAs(News.NONE);
    }

    @Test
    void readsWhatHeadersTellOnAnyAnswer() {
        Map<String, String> headers = Map.of("x-limit", "100, 100;w=60", "x-left", " 7 ", "x-reset", epoch(9));
        assertThat(one(TOLD, answer(200, "", headers)))
                .isEqualTo(new News(false, Duration.ZERO, 100, 7, Duration.ofSeconds(9)));
        assertThat(one(TOLD, answer(200, "", Map.of("x-left", "-1", "x-limit", "many"))))
                .isSameAs(News.NONE);
        assertThat(one(TOLD, answer(200, "", Map.of("x-left", "999999999999"))).remaining())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void isRefusedByStatusOrByCode() {
        assertThat(one(PLAIN, answer(429, "", Map.of()))).isEqualTo(News.REFUSED);
        assertThat(one(PLAIN, answer(200, "THROTTLED", Map.of()))).isEqualTo(News.REFUSED);
        assertThat(one(PLAIN, answer(400, "BUSY", Map.of()))).isEqualTo(News.NONE);
        assertThat(one(PLAIN, answer(429, "BUSY", Map.of())))
                .as("a 429 that says that something else is busy")
                .isEqualTo(News.NONE);
    }

    @Test
    void saysHowLongTheStopIsInSecondsOrByDateOrNotAtAll() {
        assertThat(one(PLAIN, answer(429, "", Map.of("retry-after", "30"))))
                .isEqualTo(News.refusedFor(Duration.ofSeconds(30)));
        Map<String, String> date = Map.of("retry-after", "Sun, 01 Feb 2026 09:06:00 GMT");
        assertThat(one(PLAIN, answer(429, "", date))).isEqualTo(News.refusedFor(Duration.ofMinutes(1)));
        Map<String, String> past = Map.of("retry-after", "Sun, 01 Feb 2026 09:00:00 GMT");
        assertThat(one(PLAIN, answer(429, "", past))).isEqualTo(News.REFUSED);
        assertThat(one(PLAIN, answer(429, "", Map.of("retry-after", "soon")))).isEqualTo(News.REFUSED);
        assertThat(one(PLAIN, answer(429, "", Map.of("retry-after", "99999999")))
                        .stop())
                .isEqualTo(Wait.MOST);
    }

    @Test
    void isOfTheLimitThatTheAnswerNames() {
        Map<String, String> headers = Map.of("x-which", " Small", "x-left", "0", "x-reset", epoch(2));
        News small = new News(false, Duration.ZERO, null, 0, Duration.ofSeconds(2));
        assertThat(one(SMALL, answer(200, "", headers))).isEqualTo(small);
        Map<String, String> other = Map.of("x-which", "large", "x-left", "0", "x-reset", epoch(2));
        assertThat(one(SMALL, answer(200, "", other))).isSameAs(News.NONE);
        assertThat(one(SMALL, answer(200, "", Map.of("x-left", "0"))))
                .as("it names none")
                .isSameAs(News.NONE);
    }

    @Test
    void clearsTheLimitsThatWereNotMeantByARefusal() {
        Map<String, String> headers = Map.of("x-which", "large", "x-left", "3");
        List<News> news = News.of(List.of(PLAIN, TOLD, SMALL), REFUSALS, answer(429, "", headers));
        assertThat(news).extracting(News::refused).containsExactly(true, false, false);
        assertThat(News.of(List.of(TOLD, SMALL), REFUSALS, answer(429, "", headers)))
                .as("if it clears all, somebody is meant all the same")
                .extracting(News::refused)
                .containsExactly(true, true);
        assertThat(News.of(List.of(), REFUSALS, answer(429, "", headers))).isEmpty();
    }
}
