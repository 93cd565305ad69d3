package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Counters;
import dev.tournant.deploy.standins.core.Later;
import dev.tournant.deploy.standins.core.Luck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs menu jobs: first the menu is listed, then its hours are set, then the outcome is told. A store takes no further job
 * until its own have ended. So jobs are bounded by the stores, times the menus of a pull.
 */
final class MenuJobs {
    /** Told when a job has ended, after the store is free for the next. */
    interface Watcher {
        void ended(Store store, MenuJob job, MenuJob.Outcome outcome);
    }

    private final Duration phase;
    private final Duration processingWindow;
    private final Later later;
    private final Luck<Faults> luck;
    private final Watcher watcher;
    private final Counters outcomes = new Counters();

    MenuJobs(DoorDashSettings settings, Later later, Luck<Faults> luck, Watcher watcher) {
        this.phase = settings.jobPhase();
        this.processingWindow = settings.processingWindow();
        this.later = later;
        this.luck = luck;
        this.watcher = watcher;
    }

    /** False, with nothing begun, while a job of the store is pending. */
    boolean begin(Store store, List<MenuJob> jobs) {
        boolean taken = store.take(jobs);
        if (taken) {
            jobs.forEach(job -> begin(store, job));
        }
        return taken;
    }

    /** How many jobs ended how, by type and status. */
    ObjectNode outcomes() {
        return outcomes.json();
    }

    private void begin(Store store, MenuJob job) {
        if (luck.strikes(luck.faults().jobStuckRatio())) {
            String details = "The job was not done within " + processingWindow.toSeconds() + " seconds.";
            later.run(processingWindow, () -> end(store, job, Optional.empty(), Optional.of(details)));
        } else {
            later.run(phase, () -> doMenuPhase(store, job));
        }
    }

    private void doMenuPhase(Store store, MenuJob job) {
        Optional<String> trouble = luck.strikes(luck.faults().menuPhaseFailRatio())
                ? Optional.of("The menu could not be processed.")
                : MenuPhase.trouble(job.menu());
        if (trouble.isPresent()) {
            end(store, job, Optional.empty(), trouble);
            return;
        }
        Optional<String> menuId = store.list(job, luck.uuid().toString());
        if (menuId.isEmpty()) {
            end(store, job, Optional.empty(), Optional.of("The store has " + Store.MENUS_MAX + " menus already."));
        } else {
            later.run(phase, () -> doHoursPhase(store, job, menuId.get()));
        }
    }

    private void doHoursPhase(Store store, MenuJob job, String menuId) {
        Optional<String> trouble = luck.strikes(luck.faults().hoursPhaseFailRatio())
                ? Optional.of("The store hours could not be processed.")
                : HoursPhase.trouble(job.openHours(), job.specialHours());
        if (trouble.isEmpty()) {
            store.setHours(menuId, job);
        }
        end(store, job, Optional.of(menuId), trouble);
    }

    private void end(Store store, MenuJob job, Optional<String> menuId, Optional<String> details) {
        MenuJob.Outcome outcome = new MenuJob.Outcome(menuId, details);
        store.end(job, outcome);
        outcomes.increment(job.type() + " " + outcome.status());
        watcher.ended(store, job, outcome);
    }
}
