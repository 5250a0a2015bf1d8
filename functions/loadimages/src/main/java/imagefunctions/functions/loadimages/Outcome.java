package imagefunctions.functions.loadimages;

import imagefunctions.runtime.Problem;

/** The outcome for one URL, as the detailed response lists it. */
sealed interface Outcome {

    record Stored(String url, String name, long bytes, String type) implements Outcome {}

    record Failed(String url, Reason problem) implements Outcome {
        static Failed because(String url, Problem problem) {
            return new Failed(url, new Reason(problem.status(), problem.detail()));
        }
    }

    record Reason(int status, String detail) {}
}
