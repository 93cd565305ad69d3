package dev.tournant.messages;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.tournant.model.Codec;
import dev.tournant.model.Codecs;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.io.IOException;
import java.time.Instant;

/** Teaches Jackson the types of the model: each is written by its own {@link Codec}. */
public final class ModelModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    private static final Codec<RecordKey> RECORD_KEY = Codecs.text(
            RecordId.CHARS_MAX + 32,
            text -> {
                int slash = text.indexOf('/');
                if (slash < 0) {
                    throw new InvalidValue("\"" + text + "\" is no record key; write kind/id");
                }
                return RecordKey.of(Kind.of(text.substring(0, slash)), text.substring(slash + 1));
            },
            RecordKey::toString);

    public ModelModule() {
        super("tournant-model");
        add(MerchantId.class, MerchantId.CODEC);
        add(LinkId.class, LinkId.CODEC);
        add(RecordId.class, RecordId.CODEC);
        add(PartnerName.class, PartnerName.CODEC);
        add(Kind.class, Codecs.KIND);
        add(RecordKey.class, RECORD_KEY);
        add(Stamp.class, Codecs.STAMP);
        add(Instant.class, Codecs.INSTANT);
        add(Provenance.class, Provenance.CODEC);
        add(RecordDelta.class, RecordDelta.CODEC);
        add(FlatRecord.class, FlatRecord.CODEC);
        add(PartnerEvent.class, PartnerEvent.CODEC);
        add(Link.class, Link.CODEC);
        add(Projection.class, Projection.CODEC);
        add(MerchantProfile.class, MerchantProfile.CODEC);
    }

    private <T> void add(Class<T> type, Codec<T> codec) {
        addSerializer(type, new Writer<>(codec));
        addDeserializer(type, new Reader<>(type, codec));
    }

    private static final class Writer<T> extends JsonSerializer<T> {
        private final Codec<T> codec;

        Writer(Codec<T> codec) {
            this.codec = codec;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            Plain.write(codec.write(value), out);
        }

        @Override
        public void serializeWithType(T value, JsonGenerator out, SerializerProvider provider, TypeSerializer type)
                throws IOException {
            serialize(value, out, provider);
        }
    }

    private static final class Reader<T> extends JsonDeserializer<T> {
        private final Class<T> type;
        private final Codec<T> codec;

        Reader(Class<T> type, Codec<T> codec) {
            this.type = type;
            this.codec = codec;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Object plain = Plain.read(in);
            if (plain == null) {
                throw JsonMappingException.from(in, "must not be null");
            }
            try {
                return codec.read(plain);
            } catch (InvalidValue e) {
                throw context.weirdStringException(String.valueOf(plain), type, String.valueOf(e.getMessage()));
            }
        }
    }
}
