package imagefunctions.webp.lossy;

import java.util.HexFormat;

/** The probabilities of the coefficients' tokens (RFC 6386, 13.3 to 13.5). */
final class CoefficientProbabilities {
    /** Kinds of blocks: luma without DC, the DCs of luma, chroma, luma with DC. */
    static final int TYPES = 4;

    /** The probabilities of one position and context. */
    static final int TOKENS = 11;

    /** The probabilities of one position; there are three contexts. */
    static final int POSITION = 3 * TOKENS;

    private static final int BANDS = 8;
    private static final int[] BAND_OF_POSITION = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};

    /** By type, band and context, eleven each. */
    private static final byte[] DEFAULTS = table("""
            808080808080808080808080808080808080808080808080808080808080808080
            fd88feffe4db8080808080bd81f2ffe3d5ffdb8080806a7ee3fcd6d1ffff808080
            0162f8ffece2ffff808080b585eefeddeaff9a8080804e86caf7c6b4ffdb808080
            01b9f9fff3ff8080808080b896f7ffece080808080804d6ed8ffece68080808080
            0165fbfff1ff8080808080aa8bf1fcecd1ffff8080802574c4f3e4ffffff808080
            01ccfefff5ff8080808080cfa0faffee8080808080806667e7ffd3ab8080808080
            0198fcfff0ff8080808080b187f3ffeae180808080805081d3ffc2e08080808080
            0101ff8080808080808080f601ff8080808080808080ff80808080808080808080
            c623eddfc1bba2a0919b3e832dc6ddacb0dc9dfcdd01442f92d095a7dda2ffdf80
            0195f1ffdde0ffff808080b88deafddedcffc78080805163b5f2b0bef9caffff80
            0181e8fdd6c5f2c4ffff806379d2fac9c6ffca808080175ba3f2aabbf7d2ffff80
            01c8f6ffeaff80808080806db2f1ffe7f5ffff8080802c82c9fdcdc0ffff808080
            0184effbdbd1ffa58080805e88e1fbdabeffff8080801664aef5baa1ffc7808080
            01b6f9ffe8eb80808080807c8ff1ffe3ea8080808080234db5fbc1d3ffcd808080
            019df7ffece7ffff808080798debffe1e3ffff8080802d63bcfbc3d9ffe0808080
            0101fbffd5ff8080808080cb01f8ffff8080808080808901b1ffe0ff8080808080
            fd09f8fbcfd0ffc0808080af0de0f3c1b9f9c6ffff804911abdda1b3eca7ffea80
            015ff7fdd4b7ffff808080ef5af4fad3d1ffff8080809b4dc3f8bcc3ffff808080
            0118effbdadbffcd808080c933dbffc4ba8080808080452ebeefc9daffe4808080
            01bffbffff808080808080dfa5f9ffd5ff80808080808d7cf8ffff808080808080
            0110f8ffff808080808080be24e6ffecff80808080809501ff8080808080808080
            01e2ff8080808080808080f7c0ff8080808080808080f080ff8080808080808080
            0186fcffff808080808080d53efaffff808080808080375dff8080808080808080
            808080808080808080808080808080808080808080808080808080808080808080
            ca18d5ebbabfdca0f0afff7e26b6e8a9b8e4aeffbb803d2e8adb97b2f0aaffd880
            0170e6fac7bff79fffff80a66de4fcd3d7ffae808080274da2e8acb4f5b2ffff80
            0134dcf6c6c7f9dcffff807c4abff3b7c1faddffff80184782db9aaaf3b6ffff80
            01b6e1f9dbf0ffe08080809596e2fcd8cdffab8080801c6caaf2b7c2fedfffff80
            0151e6fccccbffc08080807b66d1f7bcc4ffe9808080145f99f3a4adffcb808080
            01def8ffd8d58080808080a8aff6fcebcdffff8080802f74d7ffd3d4ffff808080
            0179ecfdd4d6ffff8080808d54d5fcc9caffdb8080802a50a0f0a2b9ffcd808080
            0101ff8080808080808080f401ff8080808080808080ee01ff8080808080808080
            """);

    /** How likely each of them is kept. */
    private static final byte[] KEPT = table("""
            ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
            b0f6ffffffffffffffffffdff1fcfffffffffffffffff9fdfdffffffffffffffff
            fff4fcffffffffffffffffeafefefffffffffffffffffdffffffffffffffffffff
            fff6feffffffffffffffffeffdfefffffffffffffffffefffeffffffffffffffff
            fff8fefffffffffffffffffbfffeffffffffffffffffffffffffffffffffffffff
            fffdfefffffffffffffffffbfefefffffffffffffffffefffeffffffffffffffff
            fffefdfffefffffffffffffafffefffefffffffffffffeffffffffffffffffffff
            ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
            d9ffffffffffffffffffffe1fcf1fdfffffeffffffffeafaf1fafdfffdfeffffff
            fffeffffffffffffffffffdffefeffffffffffffffffeefdfefeffffffffffffff
            fff8fefffffffffffffffff9feffffffffffffffffffffffffffffffffffffffff
            fffdfffffffffffffffffff7feffffffffffffffffffffffffffffffffffffffff
            fffdfefffffffffffffffffcffffffffffffffffffffffffffffffffffffffffff
            fffefefffffffffffffffffdffffffffffffffffffffffffffffffffffffffffff
            fffefdfffffffffffffffffafffffffffffffffffffffeffffffffffffffffffff
            ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
            bafbfaffffffffffffffffeafbf4fefffffffffffffffbfbf3fdfefffeffffffff
            fffdfeffffffffffffffffecfdfefffffffffffffffffbfdfdfefeffffffffffff
            fffefefffffffffffffffffefefeffffffffffffffffffffffffffffffffffffff
            fffefffffffffffffffffffefefffffffffffffffffffeffffffffffffffffffff
            fffffffffffffffffffffffeffffffffffffffffffffffffffffffffffffffffff
            ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
            ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
            ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
            f8fffffffffffffffffffffafefcfefffffffffffffff8fef9fdffffffffffffff
            fffdfdfffffffffffffffff6fdfdfffffffffffffffffcfefbfefeffffffffffff
            fffefcfffffffffffffffff8fefdfffffffffffffffffdfffefeffffffffffffff
            fffbfefffffffffffffffff5fbfefffffffffffffffffdfdfeffffffffffffffff
            fffbfdfffffffffffffffffcfdfefffffffffffffffffffeffffffffffffffffff
            fffcfffffffffffffffffff9fffefffffffffffffffffffffeffffffffffffffff
            fffffdfffffffffffffffffaffffffffffffffffffffffffffffffffffffffffff
            fffffffffffffffffffffffeffffffffffffffffffffffffffffffffffffffffff
            """);

    private CoefficientProbabilities() {}

    /** Reads the probabilities of a frame: by type, then by position 0 to 16, context and token. */
    static int[][] read(BoolDecoder header) {
        int[][] byType = new int[TYPES][BAND_OF_POSITION.length * POSITION];
        for (int type = 0; type < TYPES; type++) {
            int[] byBand = new int[BANDS * POSITION];
            for (int i = 0; i < byBand.length; i++) {
                int at = type * byBand.length + i;
                byBand[i] = header.bit(KEPT[at] & 0xFF) == 1 ? header.number(8) : DEFAULTS[at] & 0xFF;
            }
            for (int position = 0; position < BAND_OF_POSITION.length; position++) {
                int band = BAND_OF_POSITION[position];
                System.arraycopy(byBand, band * POSITION, byType[type], position * POSITION, POSITION);
            }
        }
        return byType;
    }

    /** The bytes of lines of hexadecimal digits. */
    static byte[] table(String lines) {
        return HexFormat.of().parseHex(lines.replaceAll("\\s", ""));
    }
}
