package dev.tournant.deploy.standins.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoursPhaseTest {
    @Test
    void takesHoursThatMeetWithoutOverlapping() {
        assertThat(open("[" + day("MON", "09:00", "12:00") + "," + day("MON", "12:00", "15:00") + "]"))
                .isEmpty();
        assertThat(open("[" + day("MON", "09:00", "12:00") + "," + day("TUE", "09:00", "12:00") + "]"))
                .isEmpty();
    }

    @Test
    void findsWhatIsWrongWithOpenHours() {
        assertThat(open("[]")).hasValueSatisfying(said -> assertThat(said).contains("empty"));
        assertThat(open("[" + day("Monday", "09:00", "12:00") + "]"))
                .hasValueSatisfying(said -> assertThat(said).contains("day_index"));
        assertThat(open("[" + day("FRI", "18:00", "02:00") + "]"))
                .hasValueSatisfying(said -> assertThat(said).contains("midnight"));
        assertThat(open("[" + day("FRI", "9am", "12:00") + "]"))
                .hasValueSatisfying(said -> assertThat(said).contains("HH:mm"));
        assertThat(open("[" + day("FRI", "09:00:00", "12:00") + "]"))
                .hasValueSatisfying(said -> assertThat(said).contains("HH:mm"));
        assertThat(open("[" + day("MON", "09:00", "12:00") + "," + day("MON", "11:59", "15:00") + "]"))
                .hasValueSatisfying(said -> assertThat(said).contains("open_hours[1]"));
    }

    @Test
    void findsWhatIsWrongWithSpecialHours() {
        assertThat(special("[{'date':'2026-12-24','closed':true},{'date':'2026-12-25','closed':true}]"))
                .isEmpty();
        assertThat(special("[{'date':'24.12.2026','closed':true}]"))
                .hasValueSatisfying(said -> assertThat(said).contains("yyyy-mm-dd"));
        assertThat(special("[{'date':'2026-12-24'}]"))
                .hasValueSatisfying(said -> assertThat(said).contains("HH:mm"));
        assertThat(special("[{'date':'2026-12-24','closed':true},"
                        + "{'date':'2026-12-24','start_time':'09:00','end_time':'12:00'}]"))
                .hasValueSatisfying(said -> assertThat(said).contains("overlaps"));
    }

    private static Optional<String> open(String hours) {
        return HoursPhase.trouble(array(hours), array("[]"));
    }

    private static Optional<String> special(String hours) {
        return HoursPhase.trouble(array(Menus.WEEK), array(hours));
    }

    private static JsonNode array(String hours) {
        return Caller.object("{'hours':" + hours + "}").path("hours");
    }

    private static String day(String day, String from, String to) {
        return "{'day_index':'" + day + "','start_time':'" + from + "','end_time':'" + to + "'}";
    }
}
