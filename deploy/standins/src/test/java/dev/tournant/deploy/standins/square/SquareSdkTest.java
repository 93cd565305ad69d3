package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.squareup.square.SquareClient;
import com.squareup.square.core.SquareApiException;
import com.squareup.square.types.BatchChangeInventoryRequest;
import com.squareup.square.types.BatchGetInventoryCountsRequest;
import com.squareup.square.types.BatchUpsertCatalogObjectsRequest;
import com.squareup.square.types.BatchUpsertCatalogObjectsResponse;
import com.squareup.square.types.CatalogItem;
import com.squareup.square.types.CatalogItemVariation;
import com.squareup.square.types.CatalogObject;
import com.squareup.square.types.CatalogObjectBatch;
import com.squareup.square.types.CatalogObjectItem;
import com.squareup.square.types.CatalogObjectItemVariation;
import com.squareup.square.types.CatalogObjectType;
import com.squareup.square.types.CatalogPricingType;
import com.squareup.square.types.Currency;
import com.squareup.square.types.GetLocationsRequest;
import com.squareup.square.types.InventoryChange;
import com.squareup.square.types.InventoryChangeType;
import com.squareup.square.types.InventoryCount;
import com.squareup.square.types.InventoryPhysicalCount;
import com.squareup.square.types.InventoryState;
import com.squareup.square.types.ListCatalogRequest;
import com.squareup.square.types.Location;
import com.squareup.square.types.Money;
import com.squareup.square.types.SearchCatalogObjectsRequest;
import com.squareup.square.types.SearchCatalogObjectsResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Square's own client against the stand-in: what it can read and write is shaped as Square shapes it. */
class SquareSdkTest {
    private static SquareStandin standin;
    private static SquareStandin.Account account;
    private static SquareClient square;

    @BeforeAll
    static void start() {
        standin = SquareStandin.start(SquareSettings.defaults().withSellers(3));
        account = standin.accounts().get(0);
        square = client(account.token());
    }

    @AfterAll
    static void stop() {
        standin.close();
    }

    private static SquareClient client(String token) {
        return SquareClient.builder()
                .url(standin.url().toString())
                .token(token)
                .maxRetries(0)
                .build();
    }

    @Test
    void listsTheWholeCatalogPageByPage() {
        List<CatalogObject> objects = square.catalog()
                .list(ListCatalogRequest.builder()
                        .types("ITEM,MODIFIER_LIST,CATEGORY,TAX,IMAGE,AVAILABILITY_PERIOD")
                        .build())
                .streamItems()
                .toList();

        assertThat(objects).hasSizeGreaterThan(100);
        assertThat(objects.stream()
                        .filter(CatalogObject::isItem)
                        .map(item -> item.getItem().orElseThrow()))
                .hasSizeGreaterThanOrEqualTo(110)
                .allSatisfy(item -> {
                    CatalogItem data = item.getItemData().orElseThrow();
                    assertThat(data.getName()).isPresent();
                    assertThat(data.getVariations().orElseThrow())
                            .isNotEmpty()
                            .allMatch(CatalogObject::isItemVariation);
                });
        assertThat(objects).anyMatch(CatalogObject::isModifierList).anyMatch(CatalogObject::isImage);
    }

    @Test
    void searchesWhatChangedSinceATimeByCursor() {
        String begin = search(SearchCatalogObjectsRequest.builder().limit(1).build())
                .getLatestTime()
                .orElseThrow();
        String seller = account.merchantId();
        List<String> made = List.of(
                standin.edit(seller, EditKind.ADD_ITEM).objectId(),
                standin.edit(seller, EditKind.ADD_ITEM).objectId(),
                standin.edit(seller, EditKind.DELETE_ITEM).objectId());

        List<CatalogObject> changed = new ArrayList<>();
        SearchCatalogObjectsRequest.Builder query = SearchCatalogObjectsRequest.builder()
                .objectTypes(List.of(CatalogObjectType.ITEM))
                .includeDeletedObjects(true)
                .beginTime(begin)
                .limit(2);
        SearchCatalogObjectsResponse page = search(query.build());
        changed.addAll(page.getObjects().orElseThrow());
        while (page.getCursor().isPresent()) {
            page = search(query.cursor(page.getCursor()).build());
            changed.addAll(page.getObjects().orElseThrow());
        }

        assertThat(changed.stream().map(object -> object.getItem().orElseThrow().getId()))
                .containsAll(made);
        assertThat(changed.stream()
                        .map(object -> object.getItem().orElseThrow())
                        .filter(item -> item.getIsDeleted().orElse(false))
                        .map(CatalogObjectItem::getId))
                .contains(made.get(2));
    }

    @Test
    void readsLocationsWithHoursZoneAndCurrency() {
        List<Location> locations = square.locations().list().getLocations().orElseThrow();

        assertThat(locations.stream().map(location -> location.getId().orElseThrow()))
                .containsExactlyElementsOf(account.locationIds());
        Location one = square.locations()
                .get(GetLocationsRequest.builder()
                        .locationId(account.locationIds().get(0))
                        .build())
                .getLocation()
                .orElseThrow();
        assertThat(one.getBusinessHours().orElseThrow().getPeriods().orElseThrow())
                .isNotEmpty();
        assertThat(one.getTimezone()).contains("America/New_York");
        assertThat(one.getCurrency()).contains(Currency.USD);
    }

    @Test
    void readsAndWritesStock() {
        InventoryCount before = counts().get(0);
        String variation = before.getCatalogObjectId().orElseThrow();

        square.inventory()
                .batchCreateChanges(BatchChangeInventoryRequest.builder()
                        .idempotencyKey(UUID.randomUUID().toString())
                        .changes(List.of(InventoryChange.builder()
                                .type(InventoryChangeType.PHYSICAL_COUNT)
                                .physicalCount(InventoryPhysicalCount.builder()
                                        .catalogObjectId(variation)
                                        .locationId(before.getLocationId().orElseThrow())
                                        .state(InventoryState.IN_STOCK)
                                        .quantity("0")
                                        .occurredAt(Instant.now()
                                                .truncatedTo(ChronoUnit.MILLIS)
                                                .toString())
                                        .build())
                                .build()))
                        .build());

        InventoryCount newest = counts().get(0);
        assertThat(newest.getCatalogObjectId()).contains(variation);
        assertThat(newest.getQuantity()).contains("0");
    }

    @Test
    void writesAnItemAndWalksTheAnswerForTheVersionsOfWhatNests() {
        BatchUpsertCatalogObjectsResponse made = upsert(item("#tea", null, variation("#mug", null, 150)));
        CatalogObjectItem item =
                made.getObjects().orElseThrow().get(0).getItem().orElseThrow();
        CatalogObjectItemVariation mug = item.getItemData()
                .orElseThrow()
                .getVariations()
                .orElseThrow()
                .get(0)
                .getItemVariation()
                .orElseThrow();
        assertThat(made.getIdMappings().orElseThrow()).hasSize(2);

        BatchUpsertCatalogObjectsResponse moved = upsert(item(
                item.getId(),
                item.getVersion().orElseThrow(),
                variation(mug.getId(), mug.getVersion().orElseThrow(), 175)));
        SquareApiException stale = catchThrowableOfType(
                SquareApiException.class,
                () -> upsert(item(
                        item.getId(),
                        moved.getObjects()
                                .orElseThrow()
                                .get(0)
                                .getItem()
                                .orElseThrow()
                                .getVersion()
                                .orElseThrow(),
                        variation(mug.getId(), mug.getVersion().orElseThrow(), 200))));

        assertThat(stale.errors().get(0).getCode().toString()).isEqualTo("VERSION_MISMATCH");
    }

    @Test
    void turnsAwayATokenItDoesNotKnow() {
        SquareApiException refused = catchThrowableOfType(
                SquareApiException.class, () -> client("nobody").locations().list());

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.errors().get(0).getCode().toString()).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void shapesItsFaultsAsSquareDoes() {
        try {
            standin.setFaults(Faults.NONE.with(Counter.json("{'rateLimitRatio':1}")));
            SquareApiException limited = catchThrowableOfType(
                    SquareApiException.class, () -> square.catalog().info());
            standin.setFaults(Faults.NONE.with(Counter.json("{'errorRatio':1}")));
            SquareApiException broken = catchThrowableOfType(
                    SquareApiException.class, () -> square.catalog().info());

            assertThat(limited.statusCode()).isEqualTo(429);
            assertThat(limited.errors().get(0).getCode().toString()).isEqualTo("RATE_LIMITED");
            assertThat(broken.statusCode()).isEqualTo(500);
        } finally {
            standin.setFaults(Faults.NONE);
        }
        assertThat(square.catalog().info().getLimits().orElseThrow().getBatchUpsertMaxTotalObjects())
                .contains(10_000);
    }

    private static SearchCatalogObjectsResponse search(SearchCatalogObjectsRequest request) {
        return square.catalog().search(request);
    }

    private static List<InventoryCount> counts() {
        return square.inventory()
                .batchGetCounts(BatchGetInventoryCountsRequest.builder()
                        .states(List.of(InventoryState.IN_STOCK))
                        .limit(10)
                        .build())
                .streamItems()
                .toList();
    }

    private static BatchUpsertCatalogObjectsResponse upsert(CatalogObject object) {
        return square.catalog()
                .batchUpsert(BatchUpsertCatalogObjectsRequest.builder()
                        .idempotencyKey(UUID.randomUUID().toString())
                        .addBatches(CatalogObjectBatch.builder()
                                .objects(List.of(object))
                                .build())
                        .build());
    }

    private static CatalogObject item(String id, @Nullable Long version, CatalogObject variation) {
        return CatalogObject.item(CatalogObjectItem.builder()
                .id(id)
                .itemData(CatalogItem.builder()
                        .name("Tea")
                        .variations(List.of(variation))
                        .build())
                .version(java.util.Optional.ofNullable(version))
                .build());
    }

    private static CatalogObject variation(String id, @Nullable Long version, long amount) {
        return CatalogObject.itemVariation(CatalogObjectItemVariation.builder()
                .id(id)
                .itemVariationData(CatalogItemVariation.builder()
                        .name("Mug")
                        .pricingType(CatalogPricingType.FIXED_PRICING)
                        .priceMoney(Money.builder()
                                .amount(amount)
                                .currency(Currency.USD)
                                .build())
                        .build())
                .version(java.util.Optional.ofNullable(version))
                .build());
    }
}
