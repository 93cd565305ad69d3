package dev.tournant.deploy.standins.square;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All sellers of a stand-in, found by token or by merchant id. The set is fixed at the start. */
final class Sellers {
    private final List<Seller> all;
    private final Map<String, Seller> byToken = new LinkedHashMap<>();
    private final Map<String, Seller> byMerchant = new LinkedHashMap<>();

    private Sellers(List<Seller> all) {
        this.all = List.copyOf(all);
        all.forEach(seller -> {
            byToken.put(seller.identity().token(), seller);
            byMerchant.put(seller.merchantId(), seller);
        });
    }

    static Sellers of(List<Seller> all) {
        return new Sellers(all);
    }

    static Sellers open(SquareSettings settings, InstantSource clock, Seller.Watcher watcher) {
        List<Seller> all = new ArrayList<>();
        for (int nth = 0; nth < settings.sellers(); nth++) {
            all.add(SellerSeed.open(settings.seed(), nth, settings.items(), clock, watcher));
        }
        return new Sellers(all);
    }

    List<Seller> all() {
        return all;
    }

    Optional<Seller> withToken(String token) {
        return Optional.ofNullable(byToken.get(token));
    }

    Optional<Seller> of(String merchantId) {
        return Optional.ofNullable(byMerchant.get(merchantId));
    }
}
