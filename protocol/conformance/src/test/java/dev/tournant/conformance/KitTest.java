package dev.tournant.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitTest {
    private static final Effort LITTLE = Effort.USUAL.withCases(5);

    private static Check check(String id) {
        return Conformance.checks().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void hasAnIdAndANameOfItsOwnForEachCheck() {
        Set<String> ids = new HashSet<>();
        Conformance.checks().forEach(each -> {
            assertThat(ids.add(each.id())).as(each.id()).isTrue();
            assertThat(each.id()).matches("[a-z][a-z-]{3,31}");
            assertThat(each.name()).isNotEmpty();
        });
    }

    @Test
    void hasAsManyChecksAsItsReadmeSays() throws IOException {
        assertThat(Path.of("README.md"))
                .content()
                .contains("runs " + Conformance.checks().size() + " checks;");
    }

    @Test
    void expectsWhatIsDeclaredAndNothingElse() {
        Adapter reader = new Passing() {
            @Override
            public Set<Capability> capabilities() {
                return EnumSet.of(Capability.READ_CATALOGUE);
            }

            @Override
            public java.util.Optional<dev.tournant.adapter.Webhooks> webhooks() {
                return java.util.Optional.empty();
            }

            @Override
            public java.util.Optional<dev.tournant.adapter.Writing> writing() {
                return java.util.Optional.empty();
            }

            @Override
            public List<dev.tournant.adapter.Limit> limits() {
                return List.of();
            }
        };
        Samples menu = new Samples(Bistro.samples().all().stream()
                .filter(each -> each.resource() != null)
                .toList());
        Report report = Conformance.run(Subject.of(reader, Bistro.LINK, menu), LITTLE);
        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(check("changes-are-told").run(Subject.of(reader, Bistro.LINK, menu), LITTLE))
                .isEqualTo(new Verdict.NotApplicable("the adapter does not declare WRITE_CATALOGUE"));
    }

    @Test
    void asksForSamplesOfWhatIsDeclared() {
        Subject bare = Subject.of(new Bistro(), Bistro.LINK, new Samples(List.of()));
        Report report = Conformance.run(bare, LITTLE);
        assertThat(report.passed()).isFalse();
        assertThat(report.text()).contains("add menu/page-1.json");
    }

    @Test
    void saysACauseOnceOfAllTheRulesThatItBreaks() {
        Finding cause = new Finding("menu/page-1.json", "items[0].price", "must be a whole number", null);
        Finding other = new Finding("menu/page-2.json", "items[0].price", "must be a whole number", null);
        List<Report.Line> lines = List.of(
                new Report.Line(check("get-put"), new Verdict.Failed(cause)),
                new Report.Line(check("samples-exist"), new Verdict.Passed(1)),
                new Report.Line(check("money-is-exact"), new Verdict.Failed(other)),
                new Report.Line(check("put-get"), new Verdict.Failed(cause)));
        Report report = new Report(Bistro.NAME, LITTLE, lines);
        assertThat(report.text().lines().skip(2).limit(12))
                .containsExactly(
                        "FAILED    " + check("get-put"),
                        "FAILED    " + check("put-get"),
                        "document  menu/page-1.json",
                        "path      items[0].price",
                        "why       must be a whole number",
                        "again     seed 20261122, at most 5 cases",
                        "",
                        "FAILED    " + check("money-is-exact"),
                        "document  menu/page-2.json",
                        "path      items[0].price",
                        "why       must be a whole number",
                        "again     seed 20261122, at most 5 cases");
        assertThat(report.text()).contains("1 passed, 3 failed").contains("see above");
    }

    @Test
    void takesAnExcuseUntilItIsNotNeeded() {
        Adapter odd = new Passing() {
            @Override
            public Reading read(Payload payload) {
                return Reading.nothing("$", "is never read");
            }
        };
        Subject excused = Bistro.subject(odd).excusing("samples-read-wholly", "the partner is closed");
        assertThat(check("samples-read-wholly").run(excused, LITTLE))
                .isInstanceOfSatisfying(Verdict.Excused.class, verdict -> {
                    assertThat(verdict.why()).isEqualTo("the partner is closed");
                    assertThat(verdict.finding().toString()).contains("is never read");
                });
        Subject needless = Bistro.subject(new Bistro()).excusing("samples-read-wholly", "the partner is closed");
        assertThat(check("samples-read-wholly").run(needless, LITTLE))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        verdict -> assertThat(verdict.finding().why()).contains("take it away"));
        assertThatThrownBy(() -> needless.excusing("no-such-check", "why"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("there is no check no-such-check");
    }

    @Test
    void tellsHowFarItIsAndLetsOthersKeepTheTime() {
        List<String> told = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void begins(int nth, int of, Check check) {
                told.add(nth + "/" + of + " " + check.id());
            }
        };
        Verdict late = new Verdict.Failed(new Finding("the check", "$", "took too long", null));
        Report report = Conformance.run(Bistro.subject(new Bistro()), LITTLE, progress, (most, check) -> late);
        assertThat(told).hasSameSizeAs(Conformance.checks());
        assertThat(told.get(0)).isEqualTo("1/" + told.size() + " found-by-service-loader");
        assertThat(report.failed()).hasSameSizeAs(Conformance.checks());
    }

    @Test
    void refusesALinkOfAnotherPartner() {
        Link other = new Link(new LinkId("x-1"), new PartnerName("other"), "a", null, "main");
        assertThatThrownBy(() -> Subject.of(new Bistro(), other, Bistro.samples()))
                .hasMessageContaining("the adapter speaks to bistro");
    }

    @Test
    void readsAFolderOfSamples(@TempDir Path folder) throws IOException {
        Path menu = Files.createDirectories(folder.resolve("menu"));
        for (int nth = 1; nth <= 11; nth++) {
            Files.writeString(menu.resolve("page-" + nth + ".json"), "{\"nth\": " + nth + "}");
        }
        Files.writeString(menu.resolve("page-1.headers.json"), "{\"Link\": \"next\"}");
        Samples samples = Samples.in(folder);
        assertThat(samples.pages("menu")).hasSize(11);
        assertThat(samples.pages("menu").get(10)).hasToString("menu/page-11.json");
        assertThat(samples.pages("menu").get(0).headers()).containsEntry("link", "next");
        Files.writeString(menu.resolve("page-1.expected.json"), "nonsense");
        assertThatThrownBy(() -> Samples.in(folder)).hasMessageContaining("page-1.expected.json");
        assertThatThrownBy(() -> Samples.in(folder.resolve("none"))).hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> Samples.onClassPath(KitTest.class, "/none"))
                .hasMessageContaining("/none on the class path");
    }

    @Test
    void knowsDocumentsThatAreListsAndTablesInThem() {
        Sample list = Sample.of("stock/page-1.json", "stock", "[{\"a\":1}]".getBytes(StandardCharsets.UTF_8));
        Sample object = Sample.of("menu/page-1.json", "menu", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(list.isLike(list.changed("emptied", "[]".getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        assertThat(list.isLike(object)).isFalse();
        assertThat(list.isLike(list.changed("cut", "[{".getBytes(StandardCharsets.UTF_8))))
                .isFalse();
        assertThat(Place.TOP.set(list.tree().orElseThrow(), Documents.empty())).hasToString("{}");
        ObjectNode table = Documents.empty();
        assertThat(Place.isTable(table)).isFalse();
        table.putObject("31");
        table.putObject("7");
        assertThat(Place.isTable(table)).isTrue();
        table.put("name", "x");
        assertThat(Place.isTable(table)).isFalse();
    }

    @Test
    void readsWhatAMerchantHas(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("merchant.json"), "{\"item/tea\": {\"name\": \"Tea\", \"price\": null}}");
        RecordKey tea = RecordKey.of(Kind.ITEM, "tea");
        FieldMap fields = FieldMap.builder(Kind.ITEM)
                .set(Item.NAME, "Tea")
                .setOrClear(Item.PRICE, null)
                .build();
        assertThat(Samples.in(folder).merchant()).containsExactly(Map.entry(tea, fields));
        assertThat(Samples.in(folder).and(new Samples(List.of())).merchant()).containsOnlyKeys(tea);
        Files.writeString(folder.resolve("merchant.json"), "{\"tea\": {}}");
        assertThatThrownBy(() -> Samples.in(folder))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("tea: must be KIND/ID");
    }

    @Test
    void namesPlacesAsReportsDo() {
        ObjectNode document = Documents.object("{\"a\":[{\"b\":1},{\"b\":[2]}]}".getBytes(StandardCharsets.UTF_8));
        assertThat(Place.all(document))
                .extracting(Place::toString)
                .containsExactly("a", "a[0]", "a[0].b", "a[1]", "a[1].b", "a[1].b[0]");
        Place place = Place.TOP.in("a").in(1).in("b");
        assertThat(place.without(document)).hasToString("{\"a\":[{\"b\":1},{}]}");
        assertThat(place.set(document, Documents.empty())).hasToString("{\"a\":[{\"b\":1},{\"b\":{}}]}");
        assertThat(document).as("the document stays").hasToString("{\"a\":[{\"b\":1},{\"b\":[2]}]}");
    }
}
