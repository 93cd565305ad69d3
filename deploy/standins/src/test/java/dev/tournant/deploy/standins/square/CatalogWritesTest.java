package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogWritesTest {
    private final Counter counter = new Counter(11);

    @Test
    void givesNewObjectsIdsAndSaysWhich() {
        JsonNode body = counter.upsert(
                        soup("#soup", "#bowl"),
                        Counter.json("{'type':'CATEGORY','id':'#soups','category_data':{'name':'Soups'}}"))
                .body();

        assertThat(body.path("id_mappings")).hasSize(3);
        JsonNode item = body.path("objects").path(0);
        assertThat(Shape.id(item)).doesNotStartWith("#");
        assertThat(item.path("item_data").path("categories").path(0).path("id").asText())
                .isEqualTo(Shape.id(body.path("objects").path(1)));
        JsonNode variation = item.path("item_data").path("variations").path(0);
        assertThat(Shape.parentOf(variation)).contains(Shape.id(item));
        assertThat(Shape.version(variation)).isEqualTo(Shape.version(item)).isPositive();
    }

    @Test
    void refusesAnUpdateWhoseNestedVersionIsOld() {
        ObjectNode item = counter.any(Shape.ITEM);
        String variation = Shape.id(Shape.children(item).get(0));
        counter.editor.edit(counter.seller, EditKind.SOLD_OUT, variation);
        item.put("version", Shape.version(counter.object(Shape.id(item))));

        Answer answer = counter.upsert(item);

        assertThat(Counter.code(answer)).isEqualTo("VERSION_MISMATCH");
    }

    @Test
    void changesNothingWhenOneObjectOfABatchIsGone() {
        Edit gone = counter.editor.edit(counter.seller, EditKind.DELETE_ITEM);
        long before = counter.seller.catalogue().latest();

        Answer answer = counter.upsert(soup("#soup", "#bowl").deepCopy(), counter.object(gone.objectId()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Counter.code(answer)).isEqualTo("INVALID_VALUE");
        assertThat(counter.seller.catalogue().latest()).isEqualTo(before);
    }

    @Test
    void letsAGoodBatchThroughBesideABadOneAndTellsInsideA200() {
        ObjectNode request = Json.object().put("idempotency_key", "two");
        ArrayNode batches = request.putArray("batches");
        batches.addObject()
                .putArray("objects")
                .add(Counter.json("{'type':'ITEM','id':'NOSUCH','version':1,'item_data':{}}"));
        batches.addObject().putArray("objects").add(category("#soups"));

        Answer answer = new UpsertRequest(counter.seller).batch(request);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("errors")).isNotEmpty();
        assertThat(answer.body().path("objects")).hasSize(1);
    }

    @Test
    void dropsFieldsAndVariationsThatAnUpdateLeavesOut() {
        ObjectNode item = itemWithVariations(2);
        String dropped = Shape.id(Shape.children(item).get(1));
        Shape.childArray(item).remove(1);
        Shape.data(item).remove("description");
        Shape.data(item).remove("description_html");

        Answer answer = counter.upsert(item);

        assertThat(answer.status()).isEqualTo(200);
        ObjectNode now = counter.object(Shape.id(item));
        assertThat(Shape.children(now)).hasSameSizeAs(Shape.children(item));
        assertThat(Shape.dataOf(now).has("description")).isFalse();
        assertThat(counter.object(dropped).path("is_deleted").asBoolean()).isTrue();
    }

    @Test
    void ignoresAnAttemptToSetSoldOut() {
        ObjectNode variation = counter.any(Shape.VARIATION);
        String location = Shape.id(counter.seller.locations().iterator().next());
        boolean out = Overrides.isSoldOut(variation, location);
        Overrides.at(variation, location).put("sold_out", !out);

        Answer answer = counter.upsert(variation);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Overrides.isSoldOut(counter.object(Shape.id(variation)), location))
                .isEqualTo(out);
    }

    @Test
    void leavesUnchangedVariationsAtTheirVersion() {
        ObjectNode before = counter.any(Shape.ITEM);

        Edit renamed = counter.editor
                .edit(counter.seller, EditKind.RENAME, Shape.id(before))
                .orElseThrow();

        ObjectNode after = counter.object(Shape.id(before));
        assertThat(Shape.version(after)).isEqualTo(renamed.version());
        assertThat(Shape.children(after)).isEqualTo(Shape.children(before));
    }

    @Test
    void movesTheItemWithAVariationThatChanged() {
        ObjectNode variation = counter.any(Shape.VARIATION);

        Edit sold = counter.editor
                .edit(counter.seller, EditKind.SOLD_OUT, Shape.id(variation))
                .orElseThrow();

        assertThat(Shape.version(counter.object(Shape.id(variation)))).isEqualTo(sold.version());
        assertThat(Shape.version(counter.object(Shape.parentOf(variation).orElseThrow())))
                .isEqualTo(sold.version());
    }

    @Test
    void answersARepeatedKeyAsBeforeAndRefusesItForAnotherRequest() {
        ObjectNode request = Json.object().put("idempotency_key", "once");
        request.putArray("batches").addObject().putArray("objects").add(category("#soups"));
        ObjectNode other = request.deepCopy();
        ((ObjectNode) other.at("/batches/0/objects/0/category_data")).put("name", "Stews");

        Answer first = new UpsertRequest(counter.seller).batch(request);
        Answer again = new UpsertRequest(counter.seller).batch(request.deepCopy());
        Answer reused = new UpsertRequest(counter.seller).batch(other);

        assertThat(again).isEqualTo(first);
        assertThat(Counter.code(reused)).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void deletesWhatItCanWithItsChildrenAndTakesOutTheReferences() {
        ObjectNode list = counter.seller
                .catalogue()
                .live(Shape.MODIFIER_LIST)
                .filter(each -> !Shape.children(each).isEmpty())
                .findFirst()
                .orElseThrow();
        ObjectNode request = Json.object();
        request.set("object_ids", Json.texts(List.of(Shape.id(list), "NOSUCH")));

        JsonNode body = counter.ok(() -> new CatalogDeletes(counter.seller).batch(request));

        assertThat(Json.textsOf(body.path("deleted_object_ids")))
                .contains(Shape.id(list))
                .containsAll(Counter.ids(Json.array(Shape.children(list))))
                .doesNotContain("NOSUCH");
        assertThat(counter.seller.catalogue().live(Shape.ITEM).flatMap(References::in))
                .doesNotContain(Shape.id(list));
    }

    @Test
    void refusesWhatSquareWouldRefuse() {
        ObjectNode item = itemWithVariations(1);
        ObjectNode nameless = item.deepCopy();
        Shape.data(nameless).put("name", " ");
        ObjectNode bare = item.deepCopy();
        Shape.childArray(bare).removeAll();
        ObjectNode foreign = item.deepCopy();
        Shape.data(Shape.children(foreign).get(0))
                .put("pricing_type", "FIXED_PRICING")
                .putObject("price_money")
                .put("amount", 5)
                .put("currency", "XAF");
        ObjectNode dangling = item.deepCopy();
        Shape.data(dangling).putArray("tax_ids").add("NOSUCH");

        assertThat(Counter.code(counter.upsert(nameless))).isEqualTo("MISSING_REQUIRED_PARAMETER");
        assertThat(Counter.code(counter.upsert(bare))).isEqualTo("INVALID_VALUE");
        assertThat(Counter.code(counter.upsert(foreign))).isEqualTo("CURRENCY_MISMATCH");
        assertThat(Counter.code(counter.upsert(dangling))).isEqualTo("INVALID_VALUE");
    }

    private ObjectNode itemWithVariations(int atLeast) {
        return counter.seller
                .catalogue()
                .live(Shape.ITEM)
                .filter(item -> Shape.children(item).size() >= atLeast)
                .findFirst()
                .orElseThrow()
                .deepCopy();
    }

    private static ObjectNode soup(String itemId, String variationId) {
        return Counter.json(("{'type':'ITEM','id':'%s','item_data':{'name':'Soup','categories':[{'id':'#soups'}],"
                        + "'variations':[{'type':'ITEM_VARIATION','id':'%s','item_variation_data':{'name':'Bowl',"
                        + "'pricing_type':'FIXED_PRICING','price_money':{'amount':650,'currency':'USD'}}}]}}")
                .formatted(itemId, variationId));
    }

    private static ObjectNode category(String id) {
        return Counter.json("{'type':'CATEGORY','id':'" + id + "','category_data':{'name':'Soups'}}");
    }
}
