package dev.tournant.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.FileReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.URL;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule against clocks, sockets and files sees each way to them: planted classes, of which each breaks it once. */
@SuppressWarnings({"unused", "JavaTimeDefaultTimeZone", "JavaUtilDate", "DefaultCharset"})
class ImpurityTest {
    static final class Today {
        Object it() {
            return LocalDate.now();
        }
    }

    static final class Referred {
        Supplier<ZonedDateTime> it() {
            return ZonedDateTime::now;
        }
    }

    static final class OldDate {
        long it() {
            return new Date().getTime();
        }
    }

    static final class Millis {
        long it() {
            return System.currentTimeMillis();
        }
    }

    static final class Nanos {
        LongSupplier it() {
            return System::nanoTime;
        }
    }

    static final class Listener {
        Object it() throws IOException {
            return new ServerSocket(0);
        }
    }

    static final class Datagrams {
        Object it() throws IOException {
            return new DatagramSocket();
        }
    }

    static final class Url {
        Object it(String url) throws IOException {
            return new URL(url).openConnection();
        }
    }

    static final class Http {
        Object it() {
            return HttpClient.newHttpClient();
        }
    }

    static final class OldFile {
        Object it() throws IOException {
            return new FileReader("x");
        }
    }

    static final class NewFile {
        Object it() throws IOException {
            return Files.size(Path.of("x"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Today.class,
                Referred.class,
                OldDate.class,
                Millis.class,
                Nanos.class,
                Listener.class,
                Datagrams.class,
                Url.class,
                Http.class,
                OldFile.class,
                NewFile.class
            })
    void isSeen(Class<?> planted) {
        assertThat(ArchitectureTest.messagesReadNoClockAndDoNoInputOrOutput
                        .evaluate(new ClassFileImporter().importClasses(planted))
                        .hasViolation())
                .isTrue();
    }
}
