package dev.tournant.deploy.bench.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.adapters.toast.ToastAdapter;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.RecordDelta;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One page of a catalogue: parsed only, read by hand, and read through the lenses. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MappingBench {
    /** Dishes on the page; with variations and modifiers there are three times as many items. */
    @Param({"1000", "3000"})
    int dishes;

    private final Adapter square = new SquareAdapter();
    private final Link link = new Link(new LinkId("sq-1"), square.partner(), "ACCOUNT", SquarePages.HERE, "main");
    private final Adapter toast = new ToastAdapter();
    private final Link restaurant =
            new Link(new LinkId("ts-1"), toast.partner(), ToastPages.RESTAURANT, ToastPages.RESTAURANT, "main");
    private byte[] page = new byte[0];
    private byte[] menu = new byte[0];
    private Payload payload = payload(link, "catalog", page);
    private Payload menus = payload(restaurant, "menus", menu);

    private static Payload payload(Link link, String resource, byte[] body) {
        return new Payload(link, Currency.getInstance("USD"), resource, Instant.EPOCH, body);
    }

    /** Both ways must say the same, or their speed could not be compared. */
    @Setup
    public void prepare() {
        page = SquarePages.page(dishes);
        payload = payload(link, "catalog", page);
        menu = ToastPages.page(dishes);
        menus = payload(restaurant, "menus", menu);
        Reading read = toast();
        if (!read.unreadable().isEmpty() || read.events().get(0).deltas().size() < dishes) {
            throw new IllegalStateException("the menus are not read whole: " + read.unreadable());
        }
        List<RecordDelta> lenses = square().events().get(0).deltas();
        List<RecordDelta> hand = byHand();
        if (!new HashSet<>(lenses).equals(new HashSet<>(hand))) {
            throw new IllegalStateException("the two mappings differ");
        }
    }

    @Benchmark
    public ObjectNode parse() {
        return Documents.object(page);
    }

    @Benchmark
    public List<RecordDelta> byHand() {
        return new SquareByHand(SquarePages.HERE).read(page);
    }

    @Benchmark
    public Reading square() {
        return square.read(payload);
    }

    @Benchmark
    public ObjectNode parseToast() {
        return Documents.object(menu);
    }

    @Benchmark
    public Reading toast() {
        return toast.read(menus);
    }
}
