package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Hosting;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.adapter.signature.StaticToken;
import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Link;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What DoorDash pulls: {@code {store, menus}}, always a list, also of one menu. A menu that DoorDash holds bears its id, or
 * it would be made once more.
 */
final class DoorDashHosting implements Hosting {
    /** What stands in place of a plan's nonce in the name of a pulled menu's job. */
    private static final String PULL = "pull-";

    private static final WebhookScheme SCHEME = new StaticToken(PrefixedHeader.bearer(), "pull-token");

    @Override
    public WebhookScheme scheme() {
        return SCHEME;
    }

    @Override
    public byte[] page(Link link, Collection<FlatRecord> records, Map<RecordKey, Remote> remotes, Instant now) {
        Map<RecordKey, FieldMap> present = new HashMap<>();
        records.stream().filter(FlatRecord::isPresent).forEach(each -> present.put(each.key(), each.fields()));
        Shelf shelf = new Shelf(present);
        ObjectNode page = Documents.empty();
        page.set("store", Told.store(link));
        ArrayNode menus = page.putArray("menus");
        for (Menus.Made menu : new Menus(shelf, now).all()) {
            MenuTree tree = menu.tree();
            if (tree != null && !tree.isEmpty() && shelf.isOffered(menu.key())) {
                menus.add(element(menu.key(), tree, remotes.get(menu.key()), now));
            }
        }
        return Documents.text(page).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode element(RecordKey key, MenuTree tree, @Nullable Remote remote, Instant now) {
        ObjectNode element = Documents.empty();
        if (remote != null) {
            element.put("id", remote.id().value());
        }
        element.put("reference", Job.named(key, PULL + now.toEpochMilli()));
        element.setAll(Told.menu(tree, Told.held(remote)));
        return element;
    }
}
