package dev.tournant.model;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON of rules. */
final class SyncRules {
    private static final Codec<SyncRule.Common> COMMON = Codecs.oneOf(SyncRule.Common.class);

    private SyncRules() {}

    static SyncRule readRule(Object json) {
        if (json instanceof Map<?, ?>) {
            return new SyncRule.Owner(Members.of(json, "owner").need("owner", LinkId.CODEC));
        }
        return COMMON.read(json);
    }

    static Object writeRule(SyncRule rule) {
        return rule instanceof SyncRule.Owner owner
                ? Members.out().put("owner", LinkId.CODEC, owner.link()).map()
                : COMMON.write((SyncRule.Common) rule);
    }

    static Map<FieldGroup, SyncRule> read(Object json) {
        Map<FieldGroup, SyncRule> rules = new EnumMap<>(FieldGroup.class);
        Codecs.OBJECT.read(json).forEach((name, rule) -> {
            FieldGroup group = FieldGroup.CODEC.read(name);
            try {
                if (rule == null) {
                    throw new InvalidValue("must be \"latest\", \"strictest\" or {\"owner\": link}");
                }
                rules.put(group, SyncRule.CODEC.read(rule));
            } catch (InvalidValue e) {
                throw e.under(String.valueOf(name));
            }
        });
        return rules;
    }

    static Object write(Map<FieldGroup, SyncRule> rules) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (FieldGroup group : FieldGroup.values()) {
            SyncRule rule = rules.get(group);
            if (rule != null) {
                json.put(group.json(), writeRule(rule));
            }
        }
        return json;
    }
}
