package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.LimitHeaders;
import dev.tournant.adapter.News;
import dev.tournant.adapter.Wait;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManifestLimitsTest {
    static final String YAML = Potluck.YAML
            .replace("calls: 20, per: 1s", """
                    calls: 2, per: 1s, burst: 40,
                    headers: {limit: X-Limit, remaining: X-Left, reset: {header: X-Reset, form: epoch-millis},
                      which: X-Which, says: [global, api]}""".strip())
            .replace("scope: location, method", "scope: token, method")
            .replace("passing: busy", "too-many: [throttled, slow-down]");

    @Test
    void areBucketsOfTokensThatAnswersTellOf() throws Exception {
        List<Limit> limits = ManifestAdapter.of("potluck.yaml", YAML).limits();
        Limit bucket = Limit.bucket("calls", Limit.Scope.ACCOUNT, 40, 2, Duration.ofSeconds(1));
        LimitHeaders headers = new LimitHeaders(
                "x-limit", "x-left", new Wait("x-reset", Wait.Form.EPOCH_MILLIS), "x-which", Set.of("global", "api"));
        assertThat(limits.get(0)).isEqualTo(bucket.toldIn(headers));
        assertThat(limits.get(1).scope()).isEqualTo(Limit.Scope.TOKEN);
        assertThat(limits.get(1).told()).isEqualTo(LimitHeaders.NONE);
    }

    @Test
    void areExceededWhereACodeSaysSo() throws Exception {
        ManifestAdapter potluck = ManifestAdapter.of("potluck.yaml", YAML);
        byte[] body = "{\"error\":{\"code\":\"throttled\"}}".getBytes(StandardCharsets.UTF_8);
        Answer answer = new Answer(200, Map.of(), body, Instant.EPOCH);
        assertThat(News.of(potluck.limits(), potluck.refusals(), answer)).containsOnly(News.REFUSED);
    }
}
