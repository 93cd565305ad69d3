package dev.tournant.deploy.cli;

import dev.tournant.conformance.Finding;
import dev.tournant.conformance.Verdict;
import dev.tournant.conformance.Watch;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs each check in a thread of its own, and goes on without one that never comes back. */
final class Stopwatch implements Watch {
    private final ClassLoader loader;

    /** @param loader by which checks find services */
    Stopwatch(ClassLoader loader) {
        this.loader = loader;
    }

    @Override
    public Verdict within(Duration most, Supplier<Verdict> check) {
        FutureTask<Verdict> task = new FutureTask<>(check::get);
        Thread thread = new Thread(task, "check");
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return failed("does not come back within " + most.toSeconds()
                    + " s: look for a loop that ends only with documents as the partner should send them");
        } catch (ExecutionException e) {
            return failed("throws " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("was interrupted");
        }
    }

    private static Verdict failed(String why) {
        return new Verdict.Failed(new Finding("no single document", "$", why, null));
    }
}
