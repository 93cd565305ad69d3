package dev.tournant.deploy.standins.toast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MenusTest {
    private static final String MENUS = "/menus/v2/menus";
    private static final String METADATA = "/menus/v2/metadata";

    private final ToastStandin standin = ToastStandin.start(Setup.quick());
    private final String restaurant = standin.restaurants().get(0);
    private Caller caller = Caller.without(standin);

    @BeforeEach
    void logIn() throws Exception {
        caller = Caller.of(standin);
    }

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void servesAWholeSnapshotWithEveryReferenceResolved() throws Exception {
        JsonNode menus = caller.get(MENUS).body();

        assertThat(menus.path("restaurantGuid").asText()).isEqualTo(restaurant);
        assertThat(menus.path("lastUpdated").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
        assertThat(menus.path("modifierGroupReferences")).isNotEmpty();
        menus.path("modifierGroupReferences").fields().forEachRemaining(group -> {
            assertThat(group.getKey())
                    .isEqualTo(group.getValue().path("referenceId").asText());
            group.getValue()
                    .path("modifierOptionReferences")
                    .forEach(option -> assertThat(
                                    menus.path("modifierOptionReferences").has(option.asText()))
                            .isTrue());
        });
        menus.findValues("modifierGroupReferences").stream()
                .filter(JsonNode::isArray)
                .forEach(references -> references.forEach(number -> {
                    assertThat(number.isInt()).isTrue();
                    assertThat(menus.path("modifierGroupReferences").has(number.asText()))
                            .isTrue();
                }));
    }

    @Test
    void setsTheTrapsThatMenusHave() throws Exception {
        JsonNode menus = caller.get(MENUS).body();
        String all = menus.toString();

        assertThat(texts(menus, "pricingStrategy"))
                .contains("BASE_PRICE", "SIZE_PRICE", "TIME_SPECIFIC_PRICE", "OPEN_PRICE", "MENU_SPECIFIC_PRICE");
        assertThat(all)
                .contains("\"price\":null", "\"maxSelections\":null", "\"timeSpecificPrice\":", "\"sequence\":3");
        assertThat(all).contains("\"start\":\"00:00\",\"end\":\"00:00\"", "\"start\":\"22:00\",\"end\":\"02:00\"");
        assertThat(texts(menus, "defaultOptionsChargePrice")).containsExactly("NO", "YES");
        assertThat(texts(menus, "requiredMode")).containsExactly("OPTIONAL", "OPTIONAL_FORCE_SHOW", "REQUIRED");
        assertThat(menus.at("/menus/0/menuGroups"))
                .anySatisfy(group -> assertThat(group.path("menuGroups")).isNotEmpty());
        assertThat(menus.path("modifierOptionReferences"))
                .anySatisfy(option ->
                        assertThat(option.path("modifierGroupReferences")).isNotEmpty());
        assertThat(menus.path("preModifierGroupReferences")).isNotEmpty();
        assertThat(menus.path("modifierGroupReferences"))
                .anySatisfy(group -> assertThat(
                                group.path("preModifierGroupReference").isInt())
                        .isTrue());
        assertThat(all).contains("priceScaleFactor");
    }

    @Test
    void namesAnItemAndTheModifierThatStandsForItAlike() throws Exception {
        JsonNode menus = caller.get(MENUS).body();
        Set<String> items = new TreeSet<>();
        menus.findValues("menuItems")
                .forEach(
                        list -> list.forEach(item -> items.add(item.path("guid").asText())));

        assertThat(menus.path("modifierOptionReferences"))
                .anySatisfy(
                        option -> assertThat(items).contains(option.path("guid").asText()));
    }

    @Test
    void sharesMultiLocationIdsWithinABrandButNoGuid() throws Exception {
        JsonNode one = caller.get(MENUS).body();
        JsonNode other = caller.at(standin.restaurants().get(1)).get(MENUS).body();

        assertThat(texts(other, "multiLocationId")).isEqualTo(texts(one, "multiLocationId"));
        assertThat(texts(other, "guid")).doesNotContainAnyElementsOf(texts(one, "guid"));
        assertThat(texts(caller.at(standin.restaurants().get(3)).get(MENUS).body(), "multiLocationId"))
                .doesNotContainAnyElementsOf(texts(one, "multiLocationId"));
    }

    @Test
    void showsEditsOnlyAfterAPublish() throws Exception {
        String before = caller.get(METADATA).body().path("lastUpdated").asText();
        Edit edit = standin.edit(restaurant, EditKind.PRICE);
        standin.edit(restaurant, EditKind.PRICE, edit.guid(), DoubleNode.valueOf(77.77));
        JsonNode unpublished = caller.get(MENUS).body();
        standin.edit(restaurant, EditKind.PUBLISH);
        JsonNode published = caller.get(MENUS).body();

        assertThat(unpublished.path("lastUpdated").asText()).isEqualTo(before);
        assertThat(unpublished.toString()).doesNotContain("77.77");
        assertThat(published.toString()).contains("77.77");
        assertThat(published.path("lastUpdated").asText()).isGreaterThan(before);
        assertThat(caller.get(METADATA).body().path("lastUpdated")).isEqualTo(published.path("lastUpdated"));
    }

    @Test
    void numbersReferencesAnewInEveryDocument() throws Exception {
        JsonNode before = caller.get(MENUS).body().path("modifierGroupReferences");
        standin.edit(restaurant, EditKind.PUBLISH);
        JsonNode after = caller.get(MENUS).body().path("modifierGroupReferences");

        assertThat(texts(after, "guid")).isEqualTo(texts(before, "guid"));
        assertThat(texts(after, "referenceId")).isNotEqualTo(texts(before, "referenceId"));
    }

    @Test
    void losesWhatIsArchivedAndGainsWhatIsAdded() throws Exception {
        Edit archived = standin.edit(restaurant, EditKind.ARCHIVE_ITEM);
        Edit added = standin.edit(restaurant, EditKind.ADD_ITEM, null, TextNode.valueOf("Moon soup"))
                .orElseThrow();
        standin.edit(restaurant, EditKind.PUBLISH);

        String menus = caller.get(MENUS).body().toString();
        assertThat(menus).doesNotContain(archived.guid()).contains(added.guid(), "Moon soup");
    }

    @Test
    void putsWordsWhereANameIsMissing() throws Exception {
        standin.edit(restaurant, EditKind.RENAME, null, TextNode.valueOf(" ")).orElseThrow();
        standin.edit(restaurant, EditKind.PUBLISH);

        assertThat(caller.get(MENUS).body().toString()).contains("\"Missing name\"");
    }

    @Test
    void answers404ForAWrongGuidAndWhenNothingIsPublished() throws Exception {
        standin.edit(restaurant, EditKind.WITHDRAW);
        Caller.Reply withdrawn = caller.get(MENUS);
        Caller.Reply wrong = caller.at("00000000-0000-4000-8000-000000000000").get(METADATA);

        assertThat(withdrawn.status()).isEqualTo(404);
        assertThat(withdrawn.body().fieldNames())
                .toIterable()
                .containsExactly(
                        "status",
                        "code",
                        "message",
                        "messageKey",
                        "fieldName",
                        "link",
                        "requestId",
                        "developerMessage",
                        "errors");
        assertThat(wrong.status()).isEqualTo(404);
        assertThat(caller.at("").get(MENUS).status()).isEqualTo(400);
    }

    @Test
    void letsNoClientWriteMenus() throws Exception {
        assertThat(caller.put(MENUS, "{}").status()).isEqualTo(405);
        assertThat(caller.post(MENUS, "{}").status()).isEqualTo(405);
        assertThat(caller.get("/menus/v2/nothing").status()).isEqualTo(404);
    }

    @Test
    void tellsTheRestaurantsZoneCurrencyAndHours() throws Exception {
        JsonNode info = caller.get("/restaurants/v1/restaurants/" + restaurant).body();

        assertThat(info.at("/general/timeZone").asText()).isEqualTo("America/New_York");
        assertThat(info.at("/general/currencyCode").asText()).isEqualTo("USD");
        assertThat(info.at("/general/closeoutHour").asInt()).isEqualTo(3);
        assertThat(info.at("/general/name").asText()).isNotEmpty();
        String friday = info.at("/schedules/weekSchedule/friday").asText();
        assertThat(info.at("/schedules/daySchedules")
                        .path(friday)
                        .path("closeTime")
                        .asText())
                .isEqualTo("02:00:00.000");
        assertThat(caller.get("/restaurants/v1/restaurants/none").status()).isEqualTo(404);
    }

    @Test
    void takesItsTimeFromAPublishToTheMenus() throws Exception {
        try (ToastStandin slow = ToastStandin.start(Setup.quick().withPublishLag(java.time.Duration.ofMinutes(1)))) {
            Caller there = Caller.of(slow);
            String before = there.get(METADATA).body().path("lastUpdated").asText();
            slow.edit(slow.restaurants().get(0), EditKind.RENAME, null, MissingNode.getInstance());
            slow.edit(slow.restaurants().get(0), EditKind.PUBLISH);

            assertThat(there.get(METADATA).body().path("lastUpdated").asText()).isEqualTo(before);
            assertThat(there.get("/control/state")
                            .body()
                            .at("/restaurants/0/publications")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    private static Set<String> texts(JsonNode in, String field) {
        Set<String> texts = new TreeSet<>();
        in.findValues(field).forEach(value -> collect(value, field, texts));
        return texts;
    }

    private static void collect(JsonNode value, String field, Set<String> texts) {
        texts.add(value.asText());
        value.findValues(field).forEach(inner -> collect(inner, field, texts));
    }
}
