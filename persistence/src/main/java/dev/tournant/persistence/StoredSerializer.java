package dev.tournant.persistence;

import akka.actor.ExtendedActorSystem;
import akka.serialization.SerializerWithStringManifest;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.tournant.messages.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Writes {@link Stored} types as CBOR in the JSON form that HTTP and Kafka use, under names that outlive classes:
 * {@code commit/2}. An older version is migrated step by step as it is read; a newer one is refused, so that a node
 * that is rolled back stops at what it does not understand instead of losing it.
 *
 * <p>Snapshots are deflated, which their manifest tells: {@code merchant-snapshot/1+deflate}. Commits are not: they
 * are small, and Cassandra compresses its blocks anyway.
 */
public final class StoredSerializer extends SerializerWithStringManifest {
    /** Stands in every stored row: never change it. */
    public static final int ID = 7_340_001;

    private static final String DEFLATE = "+deflate";

    private static final List<Form<?>> FORMS = List.of(
            new Form<>("commit", 2, Commit.class, Map.of(1, StoredSerializer::commitFrom1)),
            new Form<>("merchant-snapshot", 1, MerchantSnapshot.class, Map.of()),
            new Form<>("gate-ledger", 1, GateLedger.class, Map.of()));

    private final ObjectMapper cbor = Json.mapper(new CBORFactory());

    /** A stored type, its current version, and for each older one the step to the next. */
    private record Form<T>(String name, int version, Class<T> type, Map<Integer, Migration> from) {}

    /** Called by Akka. */
    public StoredSerializer(ExtendedActorSystem system) {
        this();
    }

    StoredSerializer() {}

    @Override
    public int identifier() {
        return ID;
    }

    @Override
    public String manifest(Object value) {
        Form<?> form = formOf(value);
        String plain = form.name + "/" + form.version;
        return value instanceof MerchantSnapshot ? plain + DEFLATE : plain;
    }

    @Override
    public byte[] toBinary(Object value) {
        try {
            byte[] bytes = cbor.writeValueAsBytes(value);
            return value instanceof MerchantSnapshot ? deflate(bytes) : bytes;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot be stored: " + value.getClass().getName(), e);
        }
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        boolean deflated = manifest.endsWith(DEFLATE);
        String plain = deflated ? manifest.substring(0, manifest.length() - DEFLATE.length()) : manifest;
        int slash = plain.indexOf('/');
        for (Form<?> form : FORMS) {
            if (plain.substring(0, Math.max(0, slash)).equals(form.name)) {
                return read(form, version(plain.substring(slash + 1), manifest), bytes, deflated);
            }
        }
        throw new NotSerializableException("\"" + manifest + "\" is no stored type that this version knows");
    }

    private static int version(String digits, String manifest) throws NotSerializableException {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new NotSerializableException("\"" + manifest + "\" has no version");
        }
    }

    private <T> T read(Form<T> form, int version, byte[] bytes, boolean deflated) throws NotSerializableException {
        if (version > form.version) {
            throw new NotSerializableException(form.name + "/" + version + " was written by a newer version; this one"
                    + " reads up to " + form.version);
        }
        try (InputStream in =
                deflated ? new InflaterInputStream(new ByteArrayInputStream(bytes)) : new ByteArrayInputStream(bytes)) {
            if (version == form.version) {
                return cbor.readValue(in, form.type);
            }
            if (!(cbor.readTree(in) instanceof ObjectNode stored)) {
                throw new NotSerializableException(form.name + "/" + version + " is no object");
            }
            for (int v = version; v < form.version; v++) {
                Migration step = form.from.get(v);
                if (step == null) {
                    throw new NotSerializableException(form.name + "/" + v + " has no migration");
                }
                step.apply(stored);
            }
            return cbor.treeToValue(stored, form.type);
        } catch (NotSerializableException e) {
            throw e;
        } catch (IOException e) {
            NotSerializableException wrapped =
                    new NotSerializableException(form.name + "/" + version + " cannot be read: " + e.getMessage());
            wrapped.initCause(e);
            throw wrapped;
        }
    }

    /** Version 1 knew one Kafka partition a commit: {@code "mark": {"sequence": "t/0", "offset": 7}}. */
    private static void commitFrom1(ObjectNode commit) {
        ObjectNode marks = commit.putObject("marks");
        if (commit.remove("mark") instanceof ObjectNode mark) {
            marks.set(mark.path("sequence").asText(), mark.path("offset"));
        }
    }

    private static Form<?> formOf(Object value) {
        for (Form<?> form : FORMS) {
            if (form.type.isInstance(value)) {
                return form;
            }
        }
        throw new IllegalArgumentException(value.getClass().getName() + " is no stored type");
    }

    private static byte[] deflate(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
        Deflater fastest = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, fastest)) {
            deflater.write(bytes);
        } finally {
            fastest.end();
        }
        return out.toByteArray();
    }
}
