package imagefunctions.webp.lossy;

import java.util.Arrays;

/**
 * Reads how macroblocks are predicted (RFC 6386, 11.2 to 11.4 and 19.3), one after the other, and holds it for the last.
 *
 * <p>The modes of 4 x 4 blocks depend on those of their neighbours to the left and above.
 */
final class IntraModes {
    static final int DC = 0;
    static final int TRUE_MOTION = 1;
    static final int VERTICAL = 2;
    static final int HORIZONTAL = 3;
    static final int RIGHT_DOWN = 4;
    static final int VERTICAL_RIGHT = 5;
    static final int LEFT_DOWN = 6;
    static final int VERTICAL_LEFT = 7;
    static final int HORIZONTAL_DOWN = 8;
    static final int HORIZONTAL_UP = 9;

    private static final int MODES = 10;

    /** By the mode above, the mode to the left, and the node of the tree. */
    private static final byte[] PROBABILITIES = CoefficientProbabilities.table("""
            e7783059737178987098b3407eaa762e465faf458f505552489b67383a0aabdabd110d98721a11a32cc3150aad
            791850c31a3e2c405590470a26abd590221aaa2e371388a021ce473f14087272d00c09e251280b60b6541d1024
            86b7598962656aa59448bb64829d6f204b504266a7634a3e28ea80293509b2f18d1a086b4a2b1a9249a631179d
            412669a033341f7380684f0c1bd9ff5711075744472c72330fba172f290e6eb6b71511c2422d1966c5bd171216
            585893962a2e2dc4cd2b61b775552623b33d2735c8571a152be8ab3822336872661d5d4d271c55ab3aa55a6240
            221674ce17222ba6496b36201a3301512b1f44196a1640ab24e1722213156684bc104c7c3e124e5f5539323033
            c165239fd76f592e6f3c941facdbe415126f70714d55b3ff267872282a01c4f5d10a196d582b1d8ca6d5252b9a
            3d3f1e9b432d4401d16450082b9a01331a478e4e4e10ff8022c5ab29280566d3b70401dd333211a8d1c0171952
            8a1f24ab1ba6262ce543573aa952731a3bb33f3b5ab43ba65d499a282815748fd12227af2f0f10b722df312db7
            2e1121b706620f20b7392e16188001361125412049731c801780cd2803097333c01206df572509733b4d40152f
            68372cda09363582e2405a46cd2829171a39363970b8052926a6d51e221a8598740a2086271335dd1a722049ff
            1f0941ea020f0176494b200c33c0ffa02b33581f2343665537ba553815176f3bcd2d25c03726467c4966012262
            7d622a58685575af525f543559806471652d4b4f7b2f338051ab0139110547663935293126210d7939491a0155
            290a438a4d6e5a2f727315020a66ffa61706651d100a558065c41a39120a6666d522142b75140f24a38044011a
            663d472522351ff3c0453c472649771cde25442d8022012f0bf5ab3e1113469255373e46252b259a64a355a001
            3f095c881c4020c9554b0f090940ffb8771056061c0540ff19f8013808118489ff3774803a0f145287391a7928
            a4321f899a851923da33672c83837b1f069e5628408794e02db780161a1183f09a0e01d12d10155b40de0701c5
            3815279b3c8a1766d5530c0d36c0ff442f1c551a555580802092ab120b073f90ab0404f6231b0a92aeab0c1a80
            be502363b4507e362d557e2f57b033291420654b808b769274805538290fb0ec5525093e471e117776ff11128a
            65263c8a37462b1a8e9224131eabff611b148a2d3d3edb0151bc4020291475978e1415a370130c3dc380300418
            """);

    private final KeyFrame frame;
    private final byte[] above;
    private final byte[] left = new byte[4];

    /** The modes of the sixteen blocks of luma, if each has its own. */
    final byte[] blocks = new byte[16];

    int segment;
    boolean skipped;

    /** Whether each block of luma has its own mode. */
    boolean split;

    /** The mode of luma, if the blocks do not have their own. */
    int luma;

    int chroma;

    IntraModes(KeyFrame frame) {
        this.frame = frame;
        above = new byte[4 * frame.across()];
    }

    void startRow() {
        Arrays.fill(left, (byte) DC);
    }

    /** Reads the modes of the next macroblock of the row. */
    void read(int column) {
        BoolDecoder data = frame.modes();
        segment = frame.segmentation().segment(data);
        skipped = frame.skipProbability() >= 0 && data.bit(frame.skipProbability()) == 1;
        split = data.bit(145) == 0;
        if (split) {
            readBlocks(data, 4 * column);
        } else {
            luma = data.bit(156) == 1
                    ? (data.bit(128) == 1 ? TRUE_MOTION : HORIZONTAL)
                    : (data.bit(163) == 1 ? VERTICAL : DC);
            Arrays.fill(above, 4 * column, 4 * column + 4, (byte) luma);
            Arrays.fill(left, (byte) luma);
        }
        chroma =
                data.bit(142) == 0 ? DC : data.bit(114) == 0 ? VERTICAL : data.bit(183) == 1 ? TRUE_MOTION : HORIZONTAL;
    }

    private void readBlocks(BoolDecoder data, int first) {
        for (int y = 0; y < 4; y++) {
            int mode = left[y];
            for (int x = 0; x < 4; x++) {
                mode = block(data, (above[first + x] * MODES + mode) * (MODES - 1));
                above[first + x] = (byte) mode;
                blocks[4 * y + x] = (byte) mode;
            }
            left[y] = (byte) mode;
        }
    }

    private static int block(BoolDecoder data, int tree) {
        if (!turn(data, tree)) {
            return DC;
        }
        if (!turn(data, tree + 1)) {
            return TRUE_MOTION;
        }
        if (!turn(data, tree + 2)) {
            return VERTICAL;
        }
        if (!turn(data, tree + 3)) {
            if (!turn(data, tree + 4)) {
                return HORIZONTAL;
            }
            return turn(data, tree + 5) ? VERTICAL_RIGHT : RIGHT_DOWN;
        }
        if (!turn(data, tree + 6)) {
            return LEFT_DOWN;
        }
        if (!turn(data, tree + 7)) {
            return VERTICAL_LEFT;
        }
        return turn(data, tree + 8) ? HORIZONTAL_UP : HORIZONTAL_DOWN;
    }

    private static boolean turn(BoolDecoder data, int node) {
        return data.bit(PROBABILITIES[node] & 0xFF) == 1;
    }
}
