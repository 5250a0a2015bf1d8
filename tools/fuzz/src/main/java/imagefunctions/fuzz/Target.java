package imagefunctions.fuzz;

/** What files are fed to. */
public interface Target {
    /** How many things it can do with a file. */
    int choices(byte[] file);

    /** How many of them, the last, are slow and should be done rarely. */
    int slow(byte[] file);

    /**
     * Does one of them.
     *
     * @return whether a picture came out; if not, the file was refused as it should be
     * @throws FindingException if anything else happened
     */
    boolean feed(byte[] file, int choice);
}
