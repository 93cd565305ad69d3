package dev.tournant.model;

/**
 * A value that the model does not take. The message names the place, from the outermost field inwards, and says what
 * would be right: {@code price.amount: must have at most 8 decimals; send "1.5", not "1.500000001"}.
 */
public final class InvalidValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String detail;

    public InvalidValue(String detail) {
        this("", detail);
    }

    private InvalidValue(String path, String detail) {
        super(path.isEmpty() ? detail : path + ": " + detail, null, false, false);
        this.path = path;
        this.detail = detail;
    }

    /** The same error, one step further out: {@code under("price")}, {@code under("[3]")}. */
    public InvalidValue under(String step) {
        String joined = path.isEmpty() ? step : path.startsWith("[") ? step + path : step + "." + path;
        return new InvalidValue(joined, detail);
    }

    /** Where in the value, for example {@code rules[2].then.percent}; empty for the value itself. */
    public String path() {
        return path;
    }

    public String detail() {
        return detail;
    }
}
