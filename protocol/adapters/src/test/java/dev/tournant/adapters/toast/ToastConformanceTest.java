package dev.tournant.adapters.toast;

import dev.tournant.conformance.AdapterConformance;
import dev.tournant.conformance.Samples;
import dev.tournant.conformance.Subject;

class ToastConformanceTest extends AdapterConformance {
    private static final Samples SAMPLES = Samples.onClassPath(ToastConformanceTest.class, "/toast/conformance");

    @Override
    protected Subject subject() {
        return Subject.of(new ToastAdapter(), Sample.LINK, SAMPLES);
    }
}
