package imagefunctions.benchmarks;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/**
 * What one operation costs each competitor on one picture.
 *
 * @param milliseconds of CPU time, by competitor
 * @param qualities of the results, by competitor; empty for what is not judged
 * @param load of the machine over the last minute, everything on it counted
 */
record Row(
        String picture,
        String operation,
        Map<String, Double> milliseconds,
        Map<String, Quality> qualities,
        double load) {
    static final String OURS = "ours";
    private static final Set<String> NOT_AN_IMAGE_LIBRARY = Set.of(OURS, "libjpeg-turbo", "typical Java");

    /** The image library that takes the least time. */
    String best() {
        return best(milliseconds);
    }

    static String best(Map<String, Double> milliseconds) {
        return milliseconds.keySet().stream()
                .filter(name -> !NOT_AN_IMAGE_LIBRARY.contains(library(name)))
                .min(Comparator.comparing(name -> milliseconds.getOrDefault(name, Double.NaN)))
                .orElse("");
    }

    /** A competitor's name without its version. */
    static String library(String competitor) {
        return competitor.replaceFirst(" \\d.*", "");
    }

    double time(String competitor) {
        return milliseconds.getOrDefault(competitor, Double.NaN);
    }

    /** How many times ours the best image library's time is. */
    double ratio() {
        return time(best()) / time(OURS);
    }

    /** By how many dB our result is more like the reference than the best image library's. */
    double advantage() {
        Quality ours = qualities.get(OURS);
        Quality theirs = qualities.get(best());
        return ours == null || theirs == null ? Double.NaN : ours.psnr() - theirs.psnr();
    }
}
