package imagefunctions.functions.loadimages;

import imagefunctions.runtime.Problem;

/** What became of one URL, as the answer in detail lists it. */
sealed interface Outcome {

    record Stored(String url, String name, long bytes, String type) implements Outcome {}

    record NotStored(String url, Reason problem) implements Outcome {
        static NotStored because(String url, Problem problem) {
            return new NotStored(url, new Reason(problem.status(), problem.detail()));
        }
    }

    record Reason(int status, String detail) {}
}
