package imagefunctions.fuzz;

/** Damages files of one format where it hurts, and leaves them whole enough to be read on. */
interface Damage {
    /** The file with one damage, for which parts of another one of its format may be taken; neither is changed. */
    byte[] damage(byte[] file, byte[] other);
}
