package dev.tournant.deploy.faults.gates;

import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Limit.Scope;
import java.time.Duration;
import java.util.List;

/** The limits that a {@link CountingPartner} has, and what is called there. */
enum LimitSet {
    /** One window a location. */
    WINDOW {
        @Override
        List<Limit> limits(int calls, Duration per, int locations) {
            return List.of(Limit.rate("calls", Scope.LOCATION, calls, per));
        }

        @Override
        List<Way> ways() {
            return List.of(new Way("/calls", Lane.MENU));
        }

        @Override
        String application(int location) {
            return "all";
        }

        @Override
        double share() {
            return 1;
        }
    },

    /**
     * Every kind of limit. Each call passes the window of its location and that of its application, which allows less than
     * its locations together; some pass a limit of their own besides. All wish for more than they are let, and the urgent
     * ones for little enough to leave something to the others.
     */
    MIXED {
        @Override
        List<Limit> limits(int calls, Duration per, int locations) {
            int ofApplication = (int) Math.max(1, Math.round(calls * share() * locations / APPLICATIONS));
            return List.of(
                    Limit.rate("app", Scope.APPLICATION, ofApplication, per),
                    Limit.rate("location", Scope.LOCATION, calls, per),
                    own(Limit.bucket("bucket", Scope.LOCATION, atLeastOne(0.3 * calls), atLeastOne(0.15 * calls), per)),
                    own(Limit.concurrent("at-once", Scope.LOCATION, 5)),
                    own(Limit.concurrent("lock", Scope.LOCATION, 1)),
                    own(Limit.rate("quota", Scope.LOCATION, 18 * calls, QUOTA_PER)));
        }

        private Limit own(Limit limit) {
            return limit.only("GET", "/" + limit.name());
        }

        private int atLeastOne(double calls) {
            return (int) Math.max(1, Math.round(calls));
        }

        @Override
        List<Way> ways() {
            return List.of(
                    new Way("/lock", Lane.ORDER),
                    new Way("/at-once", Lane.CANCEL),
                    new Way("/bucket", Lane.AVAILABILITY),
                    new Way("/quota", Lane.PRICE),
                    new Way("/plain", Lane.RECONCILE));
        }

        @Override
        String application(int location) {
            return "app-" + location % APPLICATIONS;
        }

        @Override
        double share() {
            return 0.6;
        }
    };

    /**
     * A day, made as short as a quota's window can be and still be set aside in two slots ({@link GateNode}): so a run of
     * minutes sees it begin anew.
     */
    static final Duration QUOTA_PER = Duration.ofMinutes(2);

    /** So that whoever is struck mostly holds the window of one of them. */
    private static final int APPLICATIONS = 2;

    /** What is called, and how urgent it is. */
    record Way(String path, Lane lane) {}

    /** @param calls that each location has in any {@code per} */
    abstract List<Limit> limits(int calls, Duration per, int locations);

    /** Each is called for each location by as many. */
    abstract List<Way> ways();

    /** To which a location belongs; locations are counted from 0. */
    abstract String application(int location);

    /** What may be called in all, as a share of what the windows of the locations allow. */
    abstract double share();
}
