package dev.tournant.deploy.local;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The smallest conversations that tell a service which answers from a port that is merely open.
 *
 * <p>CQL is version 4 of the native protocol: OPTIONS, STARTUP, and one SELECT. Kafka is ApiVersions version 0, then
 * Metadata version 1: a broker answers the first before the controller lets it take part, and only the second names
 * the brokers that do.
 */
final class Handshake {
    private static final int CONNECT_MILLIS_MAX = 500;
    private static final int ANSWER_MILLIS_MAX = 3_000;
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    private static final int CQL_V4 = 0x04;
    private static final int CQL_HEADER_BYTES = 9;
    private static final int OPTIONS = 0x05;
    private static final int SUPPORTED = 0x06;
    private static final int STARTUP = 0x01;
    private static final int READY = 0x02;
    private static final int QUERY = 0x07;
    private static final int RESULT = 0x08;
    private static final int CONSISTENCY_ONE = 0x0001;

    private static final short API_VERSIONS = 18;
    private static final short METADATA = 3;

    private Handshake() {}

    static boolean cql(int port) {
        return cql(port, "SELECT key FROM system.local");
    }

    /** Whether the node answers {@code query} with anything but an error. */
    static boolean cql(int port, String query) {
        byte[] text = query.getBytes(StandardCharsets.UTF_8);
        Body startup = body -> {
            body.writeShort(1);
            cqlString(body, "CQL_VERSION");
            cqlString(body, "3.0.0");
        };
        Body question = body -> {
            body.writeInt(text.length);
            body.write(text);
            body.writeShort(CONSISTENCY_ONE);
            body.writeByte(0);
        };
        return holds(
                port,
                (in, out) -> cqlAsk(in, out, OPTIONS, body -> {}) == SUPPORTED
                        && cqlAsk(in, out, STARTUP, startup) == READY
                        && cqlAsk(in, out, QUERY, question) == RESULT);
    }

    static boolean kafka(int port) {
        return holds(port, (in, out) -> {
            DataInputStream versions = kafkaAsk(in, out, API_VERSIONS, (short) 0, body -> {});
            boolean understood = versions.readShort() == 0;
            // An array of no topics asks for the brokers only.
            DataInputStream metadata = kafkaAsk(in, out, METADATA, (short) 1, body -> body.writeInt(0));
            boolean takesPart = metadata.readInt() > 0;
            return understood && takesPart;
        });
    }

    /** Sends one frame and gives the opcode of the answer. */
    private static int cqlAsk(DataInputStream in, DataOutputStream out, int opcode, Body body) throws IOException {
        byte[] bytes = written(body);
        out.writeByte(CQL_V4);
        out.writeByte(0);
        out.writeShort(0);
        out.writeByte(opcode);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
        byte[] header = in.readNBytes(CQL_HEADER_BYTES - Integer.BYTES);
        read(in);
        return header[header.length - 1];
    }

    private static void cqlString(DataOutputStream out, String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    /** Sends one request and gives the answer after its correlation id. */
    private static DataInputStream kafkaAsk(
            DataInputStream in, DataOutputStream out, short api, short version, Body body) throws IOException {
        byte[] bytes = written(request -> {
            request.writeShort(api);
            request.writeShort(version);
            request.writeInt(1);
            request.writeShort(-1);
            body.writeTo(request);
        });
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
        DataInputStream answer = new DataInputStream(new ByteArrayInputStream(read(in)));
        answer.readInt();
        return answer;
    }

    private static byte[] written(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > ANSWER_BYTES_MAX) {
            throw new IOException("An answer of " + length + " bytes is none of this protocol");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private static boolean holds(int port, Talk talk) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS_MAX);
            socket.setSoTimeout(ANSWER_MILLIS_MAX);
            return talk.over(
                    new DataInputStream(socket.getInputStream()), new DataOutputStream(socket.getOutputStream()));
        } catch (IOException e) {
            return false;
        }
    }

    private interface Talk {
        boolean over(DataInputStream in, DataOutputStream out) throws IOException;
    }

    private interface Body {
        void writeTo(DataOutputStream out) throws IOException;
    }
}
