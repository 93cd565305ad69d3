package dev.tournant.deploy.standins.square;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.Token;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.conformance.Counterpart;
import dev.tournant.deploy.standins.core.Sender;
import java.time.Instant;

/** A seller of the stand-in, over HTTP. A fault that is asked for holds for one request. */
final class StandinCounterpart implements Counterpart {
    private final Adapter adapter = new SquareAdapter();
    private final SquareStandin standin;
    private final SquareStandin.Account account;
    private final Sender sender;

    StandinCounterpart(SquareStandin standin, SquareStandin.Account account) {
        this.standin = standin;
        this.account = account;
        this.sender = new Sender(standin.url());
    }

    @Override
    public boolean reset() {
        standin.setFaults(Faults.NONE);
        return false;
    }

    @Override
    public boolean editElsewhere(String partnersId) {
        return standin.edit(account.merchantId(), EditKind.RENAME, partnersId).isPresent();
    }

    @Override
    public boolean refuseNext() {
        standin.setFaults(Faults.NONE.with(Counter.json("{'rateLimitRatio':1}")));
        return true;
    }

    @Override
    public boolean loseNextAnswer() {
        standin.setFaults(Faults.NONE.with(Counter.json("{'lostAnswerRatio':1}")));
        return true;
    }

    @Override
    public Answer send(Request bare) {
        Token token = new Token(account.token(), null, Instant.EPOCH, Instant.MAX);
        try {
            return sender.send(adapter.authentication().authorise(bare, Keyring.of(), token, Instant.EPOCH));
        } finally {
            standin.setFaults(Faults.NONE);
        }
    }
}
