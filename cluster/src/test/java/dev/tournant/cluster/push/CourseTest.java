package dev.tournant.cluster.push;

import static dev.tournant.cluster.push.Kiosk.all;
import static dev.tournant.cluster.push.Kiosk.call;
import static dev.tournant.cluster.push.Kiosk.locked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Call;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class CourseTest {
    private static final PushSettings WIDE = new PushSettings(1, 4, 100, 100);
    private static final PushSettings NARROW = new PushSettings(1, 1, 100, 100);

    private static Course course(PushSettings settings, List<List<Call>> steps) {
        return new Course(steps, settings);
    }

    private static List<String> begin(Course course) {
        return begun(course).stream().map(call -> call.request().path()).toList();
    }

    private static List<Call> begun(Course course) {
        List<Call> calls = new ArrayList<>();
        for (Optional<Call> call = course.next(); call.isPresent(); call = course.next()) {
            calls.add(call.get());
        }
        return calls;
    }

    @Example
    void callsWithOneLockFollowOneAnotherAndOthersDoNotWait() {
        Call first = locked("catalogue", "a", "1");
        Course course = course(
                WIDE,
                List.of(List.of(first, locked("catalogue", "b", "2"), call("c", "3"), locked("stock", "d", "4"))));
        assertThat(begin(course)).containsExactly("/a", "/c", "/d");
        course.ended(first, all(first, Outcome.DONE));
        assertThat(begin(course)).containsExactly("/b");
    }

    @Example
    void aStepBeginsWhenTheOneBeforeHasEnded() {
        Call one = call("a", "1");
        Call other = call("b", "2");
        Course course = course(WIDE, List.of(List.of(one, other), List.of(), List.of(call("c", "3"))));
        assertThat(begin(course)).hasSize(2);
        course.ended(one, all(one, Outcome.DONE));
        assertThat(begin(course)).isEmpty();
        course.ended(other, all(other, Kiosk.REFUSED));
        assertThat(begin(course)).containsExactly("/c");
        assertThat(course.isOver()).isFalse();
    }

    @Example
    void aStepIsMadeWholeButNoneAfterItOnceSomethingHasToBeTriedAgain() {
        Call one = call("a", "1");
        Call other = call("b", "2");
        Course course = course(NARROW, List.of(List.of(one, other), List.of(call("c", "3"))));
        assertThat(begin(course)).containsExactly("/a");
        course.ended(one, all(one, Kiosk.LATER));
        assertThat(begin(course)).containsExactly("/b");
        course.ended(other, all(other, Kiosk.READ_AGAIN));
        assertThat(begin(course)).isEmpty();
        assertThat(course.isOver()).isTrue();
        assertThat(course.failure()).isEqualTo("busy");
        assertThat(course.retryAfter()).hasSeconds(7);
    }

    @Example
    void troubleInTheLastStepLeavesNothingOut() {
        Call only = call("a", "1");
        Course course = course(WIDE, List.of(List.of(only)));
        begin(course);
        course.ended(only, all(only, Kiosk.LATER));
        assertThat(course.isOver()).isTrue();
        assertThat(course.failure()).isNull();
    }

    @Example
    void nothingIsSentToAPartnerThatNeedsNewAuthorisation() {
        Call one = call("a", "1");
        Course course = course(NARROW, List.of(List.of(one, call("b", "2"))));
        begin(course);
        course.ended(one, all(one, Kiosk.UNAUTHORISED));
        assertThat(begin(course)).isEmpty();
        assertThat(course.isOver()).isTrue();
        assertThat(course.failure()).isEqualTo("needs new authorisation: revoked");
        assertThat(course.retryAfter()).isZero();
    }

    /** Two batches of four, of which all is bad. */
    @Example
    void whatIsToBlameIsFoundDownToTheRecordBeforeTheNextSearchAndAfterTheOthers() {
        Call left = call("l", "1", "2", "3", "4");
        Call right = call("r", "5", "6", "7", "8");
        Course course = course(NARROW, List.of(List.of(left, right), List.of(call("last", "9"))));
        List<String> made = new ArrayList<>();
        List<Call> begun = begun(course);
        while (!begun.isEmpty()) {
            Call call = begun.get(0);
            made.add(call.request().path());
            course.ended(call, call.about().size() > 1 ? halved(call) : all(call, Kiosk.REFUSED));
            begun = begun(course);
        }
        assertThat(made)
                .containsExactly(
                        "/l", "/r", "/r0", "/r00", "/r01", "/r1", "/r10", "/r11", "/l0", "/l00", "/l01", "/l1", "/l10",
                        "/l11", "/last");
    }

    private static Result halved(Call call) {
        List<String> items = call.about().keySet().stream()
                .sorted()
                .map(key -> key.id().value())
                .toList();
        String name = call.request().path().substring(1);
        int half = items.size() / 2;
        return new Result(
                Map.of(),
                Map.of(),
                List.of(
                        call(name + "0", items.subList(0, half).toArray(String[]::new)),
                        call(name + "1", items.subList(half, items.size()).toArray(String[]::new))));
    }

    @Example
    void aSearchThatTakesTooLongIsCutAndLeavesTheRestForTheNextPush() {
        Call bad = call("bad", "1", "2", "3", "4");
        Call good = call("good", "5");
        Course course =
                course(new PushSettings(1, 1, 3, 100), List.of(List.of(bad, good), List.of(call("later", "6"))));
        List<String> made = new ArrayList<>();
        List<Call> begun = begun(course);
        while (!begun.isEmpty()) {
            Call call = begun.get(0);
            made.add(call.request().path());
            boolean divides = call.about().size() > 1;
            course.ended(call, divides ? halved(call) : all(call, Outcome.DONE));
            begun = begun(course);
        }
        assertThat(made).containsExactly("/bad", "/good", "/bad0", "/bad00", "/bad01");
        assertThat(course.isOver()).isTrue();
        assertThat(course.failure())
                .isEqualTo("3 calls were made to find what is to blame, the most of one push; the rest follows");
    }

    @Example
    void endsAfterSoManyCalls() {
        Call one = call("a", "1");
        Call other = call("b", "2");
        Course course = course(new PushSettings(1, 4, 1, 2), List.of(List.of(one), List.of(other, call("c", "3"))));
        assertThat(begin(course)).containsExactly("/a");
        course.ended(one, all(one, Outcome.DONE));
        assertThat(begin(course)).containsExactly("/b");
        assertThat(course.isOver()).isFalse();
        course.ended(other, all(other, Outcome.DONE));
        assertThat(course.isOver()).isTrue();
        assertThat(course.failure()).isEqualTo("2 calls were made, the most of one push; the rest follows");
    }

    @Example
    void aPlanWithoutCallsIsOverAtOnce() {
        Course course = course(WIDE, List.of(List.of(), List.of()));
        assertThat(course.next()).isEmpty();
        assertThat(course.isOver()).isTrue();
        assertThat(course.failure()).isNull();
    }

    /** Plans, answers and their order are drawn; whatever they are, the rules hold and the push ends. */
    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void keepsOrderLocksAndBounds(@ForAll long seed) {
        Random random = new Random(seed);
        PushSettings settings =
                new PushSettings(1, 1 + random.nextInt(4), 1 + random.nextInt(8), 1 + random.nextInt(20));
        List<List<Call>> steps = IntStream.range(0, random.nextInt(4))
                .mapToObj(step -> IntStream.range(0, random.nextInt(5))
                        .mapToObj(nth -> locked(lock(random), step + "-" + nth, "a", "b", "c"))
                        .toList())
                .toList();
        Course course = new Course(steps, settings);
        List<Call> underWay = new ArrayList<>(begun(course));
        Set<String> made = new HashSet<>();
        int troubledStep = Integer.MAX_VALUE;
        while (!underWay.isEmpty()) {
            check(underWay, settings, troubledStep);
            underWay.forEach(call -> made.add(call.request().path()));
            Call ended = underWay.remove(random.nextInt(underWay.size()));
            Result result = result(ended, random);
            if (result.outcomes().containsValue(Kiosk.LATER)) {
                troubledStep = step(ended);
            }
            course.ended(ended, result);
            underWay.addAll(begun(course));
        }
        assertThat(course.isOver()).isTrue();
        assertThat(made).hasSizeLessThanOrEqualTo(settings.callsPerPushMax());
        assertThat(made.stream().filter(path -> path.contains("."))).hasSizeLessThanOrEqualTo(settings.insteadMax());
        if (course.failure() == null) {
            steps.forEach(step -> step.forEach(
                    call -> assertThat(made).contains(call.request().path())));
        }
    }

    private static void check(List<Call> underWay, PushSettings settings, int troubledStep) {
        assertThat(underWay).hasSizeLessThanOrEqualTo(settings.callsMax());
        assertThat(underWay.stream().map(Call::lock).filter(lock -> !lock.isEmpty()))
                .doesNotHaveDuplicates();
        assertThat(underWay.stream().map(CourseTest::step).distinct()).hasSize(1);
        assertThat(step(underWay.get(0))).isLessThanOrEqualTo(troubledStep);
    }

    private static int step(Call call) {
        return call.request().path().charAt(1) - '0';
    }

    private static String lock(Random random) {
        return random.nextBoolean() ? "" : "lock-" + random.nextInt(2);
    }

    private static Result result(Call call, Random random) {
        int draw = random.nextInt(8);
        if (draw < 2 && call.about().size() > 1) {
            return new Result(Map.of(), Map.of(), Kiosk.divided(call));
        }
        return all(call, draw == 7 ? Kiosk.LATER : draw == 6 ? Kiosk.REFUSED : Outcome.DONE);
    }
}
