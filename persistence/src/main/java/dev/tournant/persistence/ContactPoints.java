package dev.tournant.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The nodes of Cassandra that are asked first, as {@code host:port}; IPv6 addresses in brackets. */
public final class ContactPoints {
    static final String PATH = "tournant.cassandra.contact-points";

    private static final Pattern HOST_PORT = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:]+]):([0-9]{1,5})");
    private static final int PORT_MAX = 65_535;

    private ContactPoints() {}

    /**
     * Those of {@value #PATH}: a list, or a text with commas between them, as an environment variable gives it.
     *
     * @return at least one
     * @throws ConfigException for an empty list and for what is no HOST:PORT
     */
    public static List<String> of(Config config) {
        try {
            return config.getValue(PATH).valueType() == ConfigValueType.LIST
                    ? checked(config.getStringList(PATH))
                    : parse(config.getString(PATH));
        } catch (IllegalArgumentException e) {
            throw new ConfigException.BadValue(PATH, e.getMessage(), e);
        }
    }

    /**
     * Those of a text with commas.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    static List<String> parse(String text) {
        return checked(Arrays.asList(text.split(",", -1)));
    }

    private static List<String> checked(List<String> points) {
        List<String> stripped = points.stream().map(String::strip).toList();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no contact point; name one node of Cassandra or more, HOST:PORT,HOST:PORT");
        }
        for (String point : stripped) {
            Matcher matcher = HOST_PORT.matcher(point);
            if (!matcher.matches() || !isPort(Integer.parseInt(matcher.group(1)))) {
                throw new IllegalArgumentException(
                        "\"" + point + "\" is no HOST:PORT; write them with commas between them");
            }
        }
        return stripped;
    }

    private static boolean isPort(int number) {
        return number > 0 && number <= PORT_MAX;
    }
}
