package dev.tournant.deploy.standins.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One store without HTTP, by a clock that the test moves. */
class StoreTest {
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final Store store = new Store("store-1", "tournant", () -> now);
    private final MenuJob job = MenuJob.of(Menus.menu("store-1", "ref-1"), "made-up", null);

    @Test
    void listsNoMoreMenusThanItSays() {
        for (int at = 0; at < Store.MENUS_MAX; at++) {
            assertThat(store.list(job, "menu-" + at)).hasValue("menu-" + at);
        }
        MenuJob update = MenuJob.of(Menus.menu("store-1", "ref-2"), "made-up", "menu-3");

        assertThat(store.list(job, "one-more")).isEmpty();
        assertThat(store.list(update, "unused")).hasValue("menu-3");
    }

    @Test
    void remembersNoMoreEndedJobsThanItSays() {
        for (int at = 0; at <= Store.JOBS_KEPT; at++) {
            assertThat(store.take(List.of(job))).isTrue();
            store.end(job, new MenuJob.Outcome(Optional.empty(), Optional.of("no")));
        }

        assertThat(store.truth().path("ended_jobs")).hasSize(Store.JOBS_KEPT);
        assertThat(store.truth().path("pending_jobs")).isEmpty();
    }

    @Test
    void forgetsSuspensionsOfWhatIsOnNoMenuAnyMore() {
        store.list(job, "menu-1");
        assertThat(store.suspend(Store.Part.ITEM, "soup", Optional.empty())).isTrue();
        assertThat(store.suspend(Store.Part.ITEM, "salad", Optional.empty())).isFalse();
        var without = Menus.menu("store-1", "ref-2");
        Menus.item(without, 1).put("merchant_supplied_id", "broth");
        store.list(MenuJob.of(without, "made-up", "menu-1"), "unused");

        assertThat(store.truth().path("suspended_items")).isEmpty();
    }

    @Test
    void endsSuspensionsAndDeactivationsByTheClock() {
        store.list(job, "menu-1");
        assertThat(store.activate()).isEmpty();
        Instant later = now.plusSeconds(60);
        store.suspend(Store.Part.OPTION, "o-sauce", Optional.of(later));
        store.deactivate("payment_issue", "", Optional.of(later));
        store.deactivate("payment_issue", "again", Optional.of(later));
        assertThat(store.isActive()).isFalse();
        assertThat(store.truth().path("suspended_item_options")).hasSize(1);
        now = later;

        assertThat(store.isActive()).isTrue();
        assertThat(store.truth().path("suspended_item_options")).isEmpty();
        assertThat(store.truth().path("current_deactivations")).isEmpty();
    }

    @Test
    void staysDeactivatedWithoutAnEnd() {
        store.list(job, "menu-1");
        store.activate();
        store.deactivate("out_of_business", "", Optional.empty());
        now = now.plusSeconds(1_000_000);

        assertThat(store.isActive()).isFalse();
        assertThat(store.activate()).isEmpty();
        assertThat(store.isActive()).isTrue();
    }
}
