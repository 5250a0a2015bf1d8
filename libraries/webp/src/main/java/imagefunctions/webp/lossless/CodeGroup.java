package imagefunctions.webp.lossless;

/**
 * The five codes of a pixel (RFC 9649, 3.7.1).
 *
 * @param green of green, of the lengths of copies, and of the places in the colour cache
 * @param plain whether red, blue and alpha are always the same
 * @param others alpha, red and blue, if they are
 */
record CodeGroup(
        PrefixCode green,
        PrefixCode red,
        PrefixCode blue,
        PrefixCode alpha,
        PrefixCode distance,
        boolean plain,
        int others) {

    CodeGroup(PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {
        this(
                green,
                red,
                blue,
                alpha,
                distance,
                red.single() && blue.single() && alpha.single(),
                alpha.only() << 24 | red.only() << 16 | blue.only());
    }

    int size() {
        return green.size() + red.size() + blue.size() + alpha.size() + distance.size();
    }
}
