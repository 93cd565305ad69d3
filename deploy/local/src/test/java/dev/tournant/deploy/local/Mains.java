package dev.tournant.deploy.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Small programs to run as children. */
final class Mains {
    private Mains() {}

    private static void forever() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** Says that it is up, and goodbye when it is asked to end. */
    public static final class Polite {
        public static void main(String[] args) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
            System.out.println("up with " + String.join(",", args) + " and " + System.getenv("TOURNANT_TEST"));
            forever();
        }
    }

    /** Does not end when it is asked to. */
    public static final class Stubborn {
        public static void main(String[] args) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    forever();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            System.out.println("up");
            forever();
        }
    }

    /** Complains and fails. */
    public static final class Broken {
        public static void main(String[] args) {
            for (int line = 1; line <= 40; line++) {
                System.err.println("complaint " + line);
            }
            throw new IllegalStateException("the oven is cold");
        }
    }

    /** Starts a child that holds the lock file it is given, pauses it when told so, says so, and waits to be killed. */
    public static final class Parent {
        public static void main(String[] args) throws InterruptedException {
            Path directory = Path.of(args[0]);
            ChildProcess child = ChildProcess.named("grandchild")
                    .ownClasspath()
                    .mainClass(Polite.class.getName())
                    .jvmFlags("-D" + Child.LOCK + "=" + directory.resolve("grandchild.lock"))
                    .log(directory.resolve("grandchild.log"))
                    .start();
            child.awaitReady(() -> !child.lastLogLines(1).isEmpty(), Duration.ofSeconds(20));
            if (args.length > 1) {
                child.pause();
            }
            System.out.println("child " + child.pid());
            forever();
        }
    }
}
