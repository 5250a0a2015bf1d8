package imagefunctions.jpeg.format;

/** Marker codes, the byte after 0xFF (ITU-T T.81, table B.1). */
public final class Marker {
    public static final int SOF0 = 0xC0;
    public static final int SOF1 = 0xC1;
    public static final int SOF2 = 0xC2;
    static final int SOF3 = 0xC3;
    static final int SOF9 = 0xC9;
    static final int SOF10 = 0xCA;
    static final int SOF11 = 0xCB;
    static final int SOF15 = 0xCF;

    /** The frame header of JPEG-LS (ITU-T T.87, C.2.2). */
    static final int SOF55 = 0xF7;

    public static final int DHT = 0xC4;
    static final int JPG = 0xC8;
    static final int DAC = 0xCC;
    public static final int RST0 = 0xD0;
    static final int RST7 = 0xD7;
    public static final int SOI = 0xD8;
    public static final int EOI = 0xD9;
    public static final int SOS = 0xDA;
    public static final int DQT = 0xDB;
    public static final int DRI = 0xDD;

    /** Begins a hierarchical progression. */
    static final int DHP = 0xDE;

    public static final int APP0 = 0xE0;
    public static final int APP1 = 0xE1;
    public static final int APP2 = 0xE2;
    public static final int APP13 = 0xED;
    static final int APP14 = 0xEE;
    static final int APP15 = 0xEF;
    static final int COM = 0xFE;
    static final int TEM = 0x01;

    private Marker() {}

    public static boolean isRestart(int marker) {
        return marker >= RST0 && marker <= RST7;
    }

    static boolean isFrame(int marker) {
        return (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC)
                || marker == SOF55;
    }

    /** Whether the segment may say how the entropy-coded data are to be decoded, or in what colours they are. */
    static boolean isEssential(int marker) {
        return isFrame(marker) || marker == DHT || marker == DAC || marker == DQT || marker == DRI || marker == APP14;
    }

    /** Whether the segment holds application data or a comment. */
    static boolean isMetadata(int marker) {
        return (marker >= APP0 && marker <= APP15) || marker == COM;
    }

    /** Whether the marker stands alone, without a length (B.1.1.3). */
    static boolean standsAlone(int marker) {
        return isRestart(marker) || marker == SOI || marker == TEM || marker == 0;
    }
}
