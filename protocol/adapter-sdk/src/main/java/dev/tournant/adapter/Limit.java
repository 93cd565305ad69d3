package dev.tournant.adapter;

import dev.tournant.model.InvalidValue;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A limit on calls that a partner sets. Several may hold for one call, which needs room in all of them.
 *
 * @param name for logs, metrics and reports: {@code menus-per-location}; unique in an adapter
 * @param scope whose calls are counted together
 * @param method only calls of this method; null for all
 * @param path only calls whose path, without the query, begins so; {@code /} for all
 * @param calls 1 to 1,000,000
 * @param per so many calls in any span of this length, 1 ms to 31 days; null for so many at one time
 * @param burst null, or how many calls may come at once, 1 to 1,000,000: the partner keeps a bucket that holds so many
 *     and that {@code calls} drain from in each {@code per}. A full one must be empty within 31 days
 * @param told where answers tell how much of it is used
 */
public record Limit(
        String name,
        Scope scope,
        @Nullable String method,
        String path,
        int calls,
        @Nullable Duration per,
        @Nullable Integer burst,
        LimitHeaders told) {
    public static final int CALLS_MAX = 1_000_000;
    public static final Duration PER_MIN = Duration.ofMillis(1);
    public static final Duration PER_MAX = Duration.ofDays(31);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** Whose calls count together. */
    public enum Scope {
        /** All of ours, whatever merchant they are for. */
        APPLICATION,
        /** Those from one address of ours. */
        ADDRESS,
        /** Those with one set of credentials. */
        TOKEN,
        /** Those for one account. */
        ACCOUNT,
        /** Those for one location of an account. */
        LOCATION
    }

    public Limit {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValue("must be small letters, digits and hyphens, such as menus-per-location")
                    .under("name");
        }
        Settings.path("path", path);
        checkCalls("calls", calls);
        if (per != null) {
            Settings.duration("per", per, PER_MIN, PER_MAX);
        }
        if (burst != null) {
            checkCalls("burst", burst);
            if (per == null) {
                throw Settings.wrong("burst", "is of a bucket, which drains: say per which time, or leave it out");
            }
            if (drains(burst, calls, per).compareTo(PER_MAX) > 0) {
                throw Settings.wrong("burst", "takes more than " + PER_MAX + " to drain; make it smaller");
            }
        }
    }

    private static void checkCalls(String field, int calls) {
        if (calls < 1 || calls > CALLS_MAX) {
            throw Settings.wrong(field, "must be from 1 to " + CALLS_MAX + ", not " + calls);
        }
    }

    /** How long a full bucket takes to drain, up to some 85,000 years. */
    public static Duration drains(int burst, int calls, Duration per) {
        BigInteger nanos = BigInteger.valueOf(per.toNanos())
                .multiply(BigInteger.valueOf(burst))
                .divide(BigInteger.valueOf(calls));
        BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(1_000_000_000L));
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    }

    /** So many calls in any span of {@code per}. */
    public static Limit rate(String name, Scope scope, int calls, Duration per) {
        return new Limit(name, scope, null, "/", calls, per, null, LimitHeaders.NONE);
    }

    /** A bucket that holds {@code burst} calls, of which {@code calls} drain in each {@code per}. */
    public static Limit bucket(String name, Scope scope, int burst, int calls, Duration per) {
        return new Limit(name, scope, null, "/", calls, per, burst, LimitHeaders.NONE);
    }

    /** So many calls at one time. */
    public static Limit concurrent(String name, Scope scope, int calls) {
        return new Limit(name, scope, null, "/", calls, null, null, LimitHeaders.NONE);
    }

    /** The same for some calls only. */
    public Limit only(String forMethod, String forPath) {
        return new Limit(name, scope, forMethod, forPath, calls, per, burst, told);
    }

    /** The same, told in headers. */
    public Limit toldIn(LimitHeaders headers) {
        return new Limit(name, scope, method, path, calls, per, burst, headers);
    }

    /** Whether a request counts. */
    public boolean counts(Request request) {
        int query = request.path().indexOf('?');
        String asked = query < 0 ? request.path() : request.path().substring(0, query);
        return asked.startsWith(path)
                && Optional.ofNullable(method).map(request.method()::equals).orElse(true);
    }
}
