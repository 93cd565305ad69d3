package dev.tournant.cluster.sync;

import dev.tournant.messages.MerchantReply.Explanation;
import dev.tournant.messages.MerchantReply.FieldStory;
import dev.tournant.messages.MerchantReply.LinkReport;
import dev.tournant.messages.MerchantReply.NotKept;
import dev.tournant.messages.MerchantReply.Said;
import dev.tournant.model.Availability;
import dev.tournant.model.Category;
import dev.tournant.model.Field;
import dev.tournant.model.Fields;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.Placement;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Store;
import dev.tournant.persistence.Counterpart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in words why a record is on a channel as it is, whether it can be ordered there, and what comes next. Pure. */
public final class Explaining {
    private static final List<Field<?>> OFFER =
            List.of(Item.STATUS, Item.UNTIL, Item.STOCK_TRACKED, Item.QUANTITY, Item.ARCHIVED, Item.SCHEDULE);

    private static final String READ_ONLY = ", which is read-only there and not told";

    private final Scene scene;
    private final RecordKey key;
    private final FlatRecord record;
    private final @Nullable Link link;
    private final @Nullable LinkReport standing;
    private final @Nullable Shown shown;
    private final Stories stories;
    private final Instant at;

    /**
     * About one record.
     *
     * @param link the channel; null for the merchant itself
     * @param standing how that link stands; null without one
     */
    public Explaining(Scene scene, FlatRecord record, @Nullable Link link, @Nullable LinkReport standing, Instant at) {
        this(scene, record, link, standing, link == null ? null : scene.shown(link), at);
    }

    private Explaining(
            Scene scene,
            FlatRecord record,
            @Nullable Link link,
            @Nullable LinkReport standing,
            @Nullable Shown shown,
            Instant at) {
        this.scene = scene;
        this.key = record.key();
        this.record = record;
        this.link = link;
        this.standing = standing;
        this.shown = shown;
        this.stories = new Stories(scene, record, link, shown);
        this.at = at;
    }

    /**
     * What there is to say.
     *
     * @param field null for whether it can be ordered; of a dish that cannot as no variation of it can, the fields are those
     *     of its first variation
     */
    public Explanation explain(@Nullable String field) {
        List<Field<?>> asked =
                field == null ? offer() : List.of(Fields.of(key.kind()).get(field));
        List<FieldStory> told = asked.stream()
                .filter(each -> field != null || stories.isKnown(each))
                .map(stories::of)
                .toList();
        List<FieldStory> readOnly = field == null ? readOnly(asked) : List.of();
        Explanation off = field == null && isOffered(told) ? variationOff() : null;
        String answer = field != null
                ? valued(told.get(0))
                : off != null
                        ? name() + " cannot be ordered" + where() + ", as no variation of it can: " + off.answer()
                        : offered(told);
        return new Explanation(
                key,
                link == null ? null : link.id(),
                answer,
                off == null ? both(told, readOnly) : off.fields(),
                off == null ? next(both(told, readOnly)) : off.next());
    }

    /** What is otherwise there and stays so, among the fields that nobody asked about. */
    private List<FieldStory> readOnly(List<Field<?>> asked) {
        return Fields.of(key.kind()).all().stream()
                .filter(field -> !asked.contains(field) && isReadOnly(field.name()))
                .map(stories::of)
                .filter(Explaining::differs)
                .toList();
    }

    private static List<FieldStory> both(List<FieldStory> some, List<FieldStory> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static boolean differs(FieldStory story) {
        return story.reported() != null && !Objects.equals(story.reported().value(), story.desired());
    }

    /** Whether the link is told things, and cannot be told this one. */
    private boolean isReadOnly(String field) {
        return link != null
                && link.direction().writes()
                && !scene.traits(link).takes(Fields.of(key.kind()).get(field));
    }

    private String where() {
        return link == null ? "" : " on " + link.id();
    }

    /** Whether nothing but its variations might keep it from being ordered. */
    private boolean isOffered(List<FieldStory> stories) {
        return key.kind() == Kind.ITEM
                && record.isPresent()
                && (shown == null || shown.whyLeftOut(key) == null)
                && (link == null || differs(stories).isEmpty())
                && available().orderable();
    }

    /** A dish is ordered by one of its variations: what keeps the first one off when none of them can be; else null. */
    private @Nullable Explanation variationOff() {
        Explanation first = null;
        for (FlatRecord each : scene.records()) {
            boolean isOne = each.isPresent()
                    && each.get(Item.VARIATION_OF)
                            .filter(dish -> dish.in().equals(key.id()))
                            .isPresent();
            if (!isOne || (shown != null && shown.whyLeftOut(each.key()) != null)) {
                continue;
            }
            Explaining variation = new Explaining(scene, each, link, standing, shown, at);
            if (variation.available().orderable()) {
                return null;
            }
            first = first == null ? variation.explain(null) : first;
        }
        return first;
    }

    private Availability available() {
        return Availability.of(record, parents(), at, scene.profile().zone());
    }

    private List<Field<?>> offer() {
        return switch (key.kind()) {
            case ITEM -> OFFER;
            case STORE -> List.of(Store.STATUS, Store.UNTIL, Store.HOURS);
            default -> Fields.of(key.kind()).all();
        };
    }

    private String offered(List<FieldStory> stories) {
        if (!record.isPresent()) {
            Provenance gone = record.deletedBy();
            return name() + " was deleted"
                    + (gone == null
                            ? ""
                            : " by " + Words.who(gone.link(), gone.since().instant(), gone.event()))
                    + (link == null ? "" : LinkReports.stillThere(scene.state(link.id()), key));
        }
        Why left = shown == null ? null : shown.whyLeftOut(key);
        if (left != null) {
            return name() + " is not shown" + where() + ": " + left;
        }
        if (link != null) {
            String differs = differs(stories);
            if (!differs.isEmpty()) {
                return differs;
            }
        }
        return switch (key.kind()) {
            case ITEM -> ordered(stories);
            case STORE -> open("takes orders", "takes no orders", stories);
            case MENU, CATEGORY -> open("is offered", "is not offered now", stories);
            case MODIFIER_GROUP, PHOTO, TAX -> name() + " is " + (link == null ? "there" : "as it should be" + where());
        };
    }

    private String ordered(List<FieldStory> stories) {
        String withheld = available().orderable() ? withheld() : "";
        return withheld.isEmpty()
                ? open("is for sale", "cannot be ordered", stories)
                : name() + " cannot be ordered" + where() + ", though it is for sale itself: " + withheld;
    }

    private String open(String yes, String no, List<FieldStory> stories) {
        Availability available = available();
        return available.orderable()
                ? name() + " " + yes + where()
                : name() + " " + no + where() + ": " + available.because() + decider(stories, available);
    }

    /** Why the channel's adapter offers less than the values of the record say; empty where it does not. */
    private String withheld() {
        return link == null || shown == null || !link.direction().writes()
                ? ""
                : scene.traits(link).withholding().why(key, shown.records(), at).orElse("");
    }

    /** The link shows something else than it should. */
    private String differs(List<FieldStory> stories) {
        LinkId id = Objects.requireNonNull(link).id();
        Counterpart.Refusal refusal = refusal();
        if (refusal != null) {
            return name() + " is not on " + id + " as it should be: " + refused(refusal);
        }
        if (!scene.view(id, key).isThere()) {
            String untold = untold();
            return name() + " is not on " + id + (untold.isEmpty() ? " yet" : ": " + untold);
        }
        for (FieldStory story : stories) {
            Said reported = story.reported();
            if (reported != null && !Objects.equals(reported.value(), story.desired())) {
                return name() + " shows " + story.field() + " " + Words.of(reported.value()) + " on " + id
                        + " and should show " + Words.of(story.desired()) + kept(story)
                        + (isReadOnly(story.field()) ? READ_ONLY : "") + decided(story);
            }
        }
        return "";
    }

    /** Why the link's partner will not have the record; null where it refuses nothing. */
    private Counterpart.@Nullable Refusal refusal() {
        return link == null || shown == null
                ? null
                : scene.comparing(link, shown.records()).refusal(key);
    }

    private static String refused(Counterpart.Refusal refusal) {
        return "the partner will not have it, " + refusal.code() + ": " + LinkReports.why(refusal);
    }

    /** Why the link is never told of a record that it does not have; empty where it is. */
    private String untold() {
        if (link == null || (link.direction().writes() && scene.traits(link).makes(key.kind()))) {
            return "";
        }
        return link.direction().writes() ? link.partner() + " takes none from us" : "the link is only read";
    }

    private static String kept(FieldStory story) {
        NotKept notKept = story.notKept();
        return notKept == null || !notKept.held()
                ? ""
                : ", which it was told " + notKept.times() + " times, took, and did not keep";
    }

    /** Who said that of the record by which it cannot be ordered; empty where it is something else that keeps it off. */
    private static String decider(List<FieldStory> stories, Availability available) {
        String field = switch (available.because()) {
            case Availability.PAUSED, Availability.OFF_SALE -> Item.STATUS.name();
            case Availability.OUT_OF_STOCK -> Item.QUANTITY.name();
            case Availability.ARCHIVED -> Item.ARCHIVED.name();
            default -> "";
        };
        return stories.stream()
                .filter(story -> story.field().equals(field))
                .findFirst()
                .map(Explaining::decided)
                .orElse("");
    }

    private static String decided(FieldStory story) {
        Said current = story.current();
        return current == null
                ? ""
                : "; " + story.field() + " was set by " + who(current) + " (rule: " + story.rule() + ")";
    }

    private static String who(Said said) {
        return Words.who(said.link(), said.at(), said.event());
    }

    private String valued(FieldStory story) {
        Said current = story.current();
        Said reported = story.reported();
        String is = current == null
                ? name() + " has no " + story.field()
                : name() + " has the " + story.field() + " " + Words.of(current.value()) + ", set by " + who(current)
                        + " (rule: " + story.rule() + ")";
        if (link == null) {
            return is;
        }
        String should = Objects.equals(story.desired(), current == null ? null : current.value())
                ? ""
                : "; " + link.id() + " should show " + Words.of(story.desired()) + ", as " + story.because();
        String shows = reported == null
                ? "; what " + link.id() + " shows is not known"
                : "; " + link.id() + " shows " + Words.of(reported.value())
                        + (reported.told()
                                ? ", as it was told at " + reported.at()
                                : ", as it said at " + reported.at())
                        + kept(story);
        String readOnly = differs(story) && isReadOnly(story.field()) ? READ_ONLY : "";
        Counterpart.Refusal refusal = refusal();
        String withheld =
                story.field().equals(Item.STATUS.name()) && available().orderable() ? withheld() : "";
        return is
                + should
                + shows
                + readOnly
                + (refusal == null ? "" : "; " + refused(refusal))
                + (withheld.isEmpty() ? "" : "; it cannot be ordered there, as " + withheld);
    }

    private String name() {
        return record.fields().size() == 0
                ? key.toString()
                : Fields.of(key.kind())
                        .find("name")
                        .map(field -> record.get(field)
                                .map(value -> key + " (" + value + ")")
                                .orElse(key.toString()))
                        .orElse(key.toString());
    }

    private List<FlatRecord> parents() {
        List<FlatRecord> parents = new ArrayList<>();
        scene.records().stream()
                .filter(each -> each.key().kind() == Kind.STORE && each.isPresent())
                .forEach(parents::add);
        record.get(Item.VARIATION_OF).ifPresent(dish -> add(parents, new RecordKey(Kind.ITEM, dish.in())));
        List<Placement> categories = record.get(Item.CATEGORIES).orElse(List.of());
        if (categories.size() == 1) {
            RecordKey category = new RecordKey(Kind.CATEGORY, categories.get(0).in());
            add(parents, category);
            FlatRecord found = scene.byKey().apply(category);
            List<Placement> menus =
                    found == null ? List.of() : found.get(Category.MENUS).orElse(List.of());
            if (menus.size() == 1) {
                add(parents, new RecordKey(Kind.MENU, menus.get(0).in()));
            }
        }
        return parents;
    }

    private void add(List<FlatRecord> parents, RecordKey parent) {
        FlatRecord found = scene.byKey().apply(parent);
        if (found != null) {
            parents.add(found);
        }
    }

    private String next(List<FieldStory> stories) {
        if (link == null || standing == null) {
            return "nothing: this is what holds for the merchant";
        }
        if (refusal() != null) {
            return "change it, or POST .../links/" + link.id() + "/resync to try it again as it is";
        }
        List<String> readOnly = stories.stream()
                .filter(Explaining::differs)
                .map(FieldStory::field)
                .filter(this::isReadOnly)
                .toList();
        boolean differs = stories.stream().anyMatch(each -> differs(each) && !readOnly.contains(each.field()));
        boolean isThere = scene.view(link.id(), key).isThere();
        if (!differs && isThere && !readOnly.isEmpty()) {
            return "nothing: " + String.join(", ", readOnly) + " is read-only at this partner, not told";
        }
        if (!differs && isThere) {
            return "nothing: " + link.id() + " shows what it should";
        }
        if (!isThere && !untold().isEmpty()) {
            return "nothing: " + untold();
        }
        if (differs && stories.stream().map(FieldStory::notKept).anyMatch(each -> each != null && each.held())) {
            return link.id()
                    + " is not told it any more, as it alters what it is told; give it a value that it keeps, or POST"
                    + " .../links/" + link.id() + "/resync to tell it again";
        }
        return link.id() + " is " + standing.state() + ": " + standing.what();
    }
}
