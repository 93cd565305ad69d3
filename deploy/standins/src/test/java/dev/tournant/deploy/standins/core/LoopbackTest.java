package dev.tournant.deploy.standins.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.http.javadsl.server.Directives;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackTest {
    private static final String NAME = "doordash-standin";
    private final Loopback owner = Loopback.alone(NAME);

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void runsWhatIsForLaterUnlessClosedOnAnActorSystemThatLivesOn() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        List<String> late = new ArrayList<>();
        Loopback guest = Loopback.on(owner.system(), NAME);
        guest.later().run(Duration.ofMillis(30), () -> late.add("was waiting"));
        guest.close();
        guest.later().run(Duration.ZERO, () -> late.add("came after"));
        owner.later().run(Duration.ofMillis(90), ran::countDown);

        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(late).isEmpty();
    }

    @Test
    void saysThatAPortIsTaken() {
        owner.serve(0, Directives.complete("here"));
        Loopback guest = Loopback.on(owner.system(), NAME);

        assertThatThrownBy(() -> guest.serve(owner.port(), Directives.complete("there")))
                .isInstanceOf(CompletionException.class);
    }
}
