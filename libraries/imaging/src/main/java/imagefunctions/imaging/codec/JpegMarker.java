package imagefunctions.imaging.codec;

/** The second bytes of JPEG's markers (ITU-T T.81, table B.1). */
final class JpegMarker {

    static final int TEM = 0x01;
    static final int SOF0 = 0xC0;
    static final int SOF1 = 0xC1;
    static final int SOF2 = 0xC2;
    static final int DHT = 0xC4;
    static final int JPG = 0xC8;
    static final int DAC = 0xCC;
    static final int SOF15 = 0xCF;
    static final int RST0 = 0xD0;
    static final int SOI = 0xD8;
    static final int EOI = 0xD9;
    static final int SOS = 0xDA;
    static final int DQT = 0xDB;
    static final int DRI = 0xDD;
    static final int APP0 = 0xE0;
    static final int APP1 = 0xE1;
    static final int APP2 = 0xE2;
    static final int APP14 = 0xEE;

    private JpegMarker() {}

    /** Whether nothing follows the marker, not even a length. */
    static boolean standsAlone(int marker) {
        return marker == TEM || (marker >= RST0 && marker <= SOI);
    }

    /** Whether the segment says how to decode the pixels. */
    static boolean decodes(int marker) {
        return beginsFrame(marker) || marker == DHT || marker == DAC || marker == SOS || marker == DQT || marker == DRI;
    }

    static boolean beginsFrame(int marker) {
        return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
    }
}
