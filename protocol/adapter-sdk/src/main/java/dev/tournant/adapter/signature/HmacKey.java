package dev.tournant.adapter.signature;

import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.Signatures;
import dev.tournant.model.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which key webhooks are signed with.
 *
 * @param name of the secret; all its values are accepted
 * @param chosenBy a field of the still unverified body that holds the key itself, as on staging systems which sign with
 *     an id that they send along; null for the usual case. It must hold one of the secret's values: a key that only the
 *     sender knows of would prove nothing.
 */
public record HmacKey(String name, KeyForm form, @Nullable FieldPath chosenBy) {
    public static final HmacKey SIGNATURE_KEY = text(Keyring.SIGNATURE_KEY);

    public HmacKey {
        Settings.secretName("name", name);
    }

    public static HmacKey text(String name) {
        return new HmacKey(name, KeyForm.TEXT, null);
    }

    /** At least one, the current one first; {@link InvalidValue} if there is none. */
    List<byte[]> accepted(Content content, Keyring keys) {
        List<String> values = keys.all(name);
        if (values.isEmpty()) {
            throw new InvalidValue("no " + words() + " is configured");
        }
        return (chosenBy == null ? values : chosen(values, content.field(chosenBy), chosenBy))
                .stream().map(this::decode).toList();
    }

    private static List<String> chosen(List<String> values, String given, FieldPath field) {
        List<String> chosen = new ArrayList<>();
        for (String each : values) {
            if (Signatures.same(each, given)) {
                chosen.add(each);
            }
        }
        if (chosen.isEmpty()) {
            throw new InvalidValue("the body's field " + field + " holds no key of ours");
        }
        return chosen;
    }

    private byte[] decode(String value) {
        try {
            return form.decode(value);
        } catch (InvalidValue e) {
            throw new InvalidValue("the configured " + words() + " " + e.detail());
        }
    }

    private String words() {
        return name.replace('-', ' ');
    }
}
