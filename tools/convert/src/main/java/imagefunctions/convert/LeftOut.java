package imagefunctions.convert;

/** What is not sent to the function, and is no failure. */
record LeftOut(String name, Kind kind) implements Found {

    enum Kind {
        OTHER("not JPEG, PNG, GIF, WebP, BMP or TIFF"),
        HIDDEN("hidden"),
        BROKEN_LINK("a link that leads nowhere"),
        LOOP("a link that leads back to its own folder"),
        RESULTS("where the results go");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
