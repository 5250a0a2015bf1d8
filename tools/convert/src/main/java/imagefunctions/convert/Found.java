package imagefunctions.convert;

/** What a location holds under a name. */
sealed interface Found permits Picture, LeftOut, Unreadable {

    /** With slashes between its folders, of which a name itself may end in one. */
    String name();

    /** The name for a line of text: it may hold line ends, or what moves a terminal's cursor. */
    default String shown() {
        return name().replaceAll("\\p{Cntrl}", "?");
    }
}
