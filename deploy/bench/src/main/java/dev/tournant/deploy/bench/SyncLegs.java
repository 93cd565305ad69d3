package dev.tournant.deploy.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** How long edits took on each leg of their way, as a table. */
final class SyncLegs {
    /**
     * One edit's way; all times are nanoseconds since just before the edit was asked for.
     *
     * @param merchant when we were told of the merchant's revision that has it
     * @param call when the marketplace had counted the next push
     * @param visible when the marketplace showed it
     */
    record Way(long merchant, long call, long visible) {}

    private final Duration job;
    private final List<Way> ways = new ArrayList<>();

    /** @param job the part of a way that the marketplace takes by its own settings before it shows a menu */
    SyncLegs(Duration job) {
        this.job = job;
    }

    void add(Way way) {
        ways.add(way);
    }

    int count() {
        return ways.size();
    }

    Table table() {
        Table table = new Table("milliseconds", "median", "p90", "p99", "worst");
        row(table, "edit at Square to visible at DoorDash", Way::visible);
        row(table, "without the stand-in's " + job.toMillis() + " ms", way -> way.visible() - job.toNanos());
        row(table, "  edit to the merchant's revision", Way::merchant);
        row(table, "  revision to the call at DoorDash", way -> way.call() - way.merchant());
        row(table, "  call to visible", way -> way.visible() - way.call());
        return table;
    }

    private void row(Table table, String name, ToLongFunction<Way> leg) {
        long[] sorted = ways.stream().mapToLong(leg).sorted().toArray();
        table.row(name, millis(sorted, 50), millis(sorted, 90), millis(sorted, 99), millis(sorted, 100));
    }

    private static String millis(long[] sorted, double percent) {
        return String.format("%,.0f", Figures.percentile(sorted, percent) / 1e6);
    }
}
