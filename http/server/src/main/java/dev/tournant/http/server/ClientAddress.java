package dev.tournant.http.server;

import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.RemoteAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells clients apart by their address: an IPv4 address, or the /64 network of an IPv6 address, which is what one client
 * commonly has for itself.
 *
 * @param trustedProxies how many proxies stand before this server, each of which appends to X-Forwarded-For whom it
 *     serves; what stands there before their part could be written by anybody
 */
record ClientAddress(int trustedProxies) {
    private static final String UNKNOWN = "unknown";

    /** An address, with the port that some proxies add. */
    private static final Pattern V4 = Pattern.compile("((?:\\d{1,3}\\.){3}\\d{1,3})(?::\\d{1,5})?");

    private static final Pattern V6 = Pattern.compile("\\[?([0-9a-fA-F]*:[0-9a-fA-F:.]{1,44})(?:](?::\\d{1,5})?)?");

    /** Whom a request comes from; the nearest proxy where the header does not say. */
    String of(HttpRequest request) {
        String peer = request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(RemoteAddress::getAddress)
                .map(ClientAddress::name)
                .orElse(UNKNOWN);
        return trustedProxies == 0
                ? peer
                : forwarded(Call.header(request, "X-Forwarded-For")).orElse(peer);
    }

    /** Each trusted proxy appended one address; the first of these was written by the outermost of them. */
    private Optional<String> forwarded(List<String> headers) {
        String[] chain = String.join(",", headers).split(",", -1);
        return chain.length < trustedProxies ? Optional.empty() : parse(chain[chain.length - trustedProxies].trim());
    }

    /** The name of an address that is written in digits; names of hosts are not looked up. */
    static Optional<String> parse(String text) {
        Matcher v4 = V4.matcher(text);
        if (v4.matches()) {
            return v4(v4.group(1));
        }
        Matcher v6 = V6.matcher(text);
        if (!v6.matches()) {
            return Optional.empty();
        }
        try {
            // With a colon in it Java takes it for digits or refuses it, and asks no name server.
            return Optional.of(name(InetAddress.getByName(v6.group(1))));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> v4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) part;
        }
        try {
            return Optional.of(name(InetAddress.getByAddress(bytes)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static String name(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            network.append(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)))
                    .append(':');
        }
        return network.append(":/64").toString();
    }
}
