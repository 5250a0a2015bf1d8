package imagefunctions.jpeg.format;

import java.util.HexFormat;

/** The example tables of ITU-T T.81, annex K, which nearly every encoder uses. */
public final class StandardTables {
    public static final HuffmanTable LUMA_DC = table("00010501010101010100000000000000", "000102030405060708090a0b");
    static final HuffmanTable CHROMA_DC = table("00030101010101010101010000000000", "000102030405060708090a0b");
    static final HuffmanTable LUMA_AC = table(
            "0002010303020403050504040000017d",
            "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a"
                    + "3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92"
                    + "939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4"
                    + "e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa");
    static final HuffmanTable CHROMA_AC = table(
            "00020102040403040705040400010277",
            "0001020311040521310612415107617113223281081442"
                    + "91a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758"
                    + "595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5"
                    + "b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa");

    private static final int[] LUMA_STEPS = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };
    private static final int[] CHROMA_STEPS = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99
    };

    private StandardTables() {}

    private static HuffmanTable table(String counts, String symbols) {
        return HuffmanTable.of(HexFormat.of().parseHex(counts + symbols));
    }

    public static HuffmanTable dc(boolean luma) {
        return luma ? LUMA_DC : CHROMA_DC;
    }

    public static HuffmanTable ac(boolean luma) {
        return luma ? LUMA_AC : CHROMA_AC;
    }

    /** The quantisation steps, in zig-zag order, of a quality from 1 to 100 on libjpeg's scale. */
    public static int[] steps(boolean luma, int quality) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        int[] base = luma ? LUMA_STEPS : CHROMA_STEPS;
        int[] steps = new int[64];
        for (int k = 0; k < 64; k++) {
            steps[k] = Math.clamp((base[Zigzag.natural(k)] * percent + 50) / 100, 1, 255);
        }
        return steps;
    }
}
