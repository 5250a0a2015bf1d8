package imagefunctions.imaging.codec;

/**
 * How far a JPEG file's scans go.
 *
 * @param count how many begin
 * @param ended whether an end marker follows the last one
 */
record JpegScans(int count, boolean ended) {

    /** Goes from marker to marker, from where the first scan's data start. */
    static JpegScans of(byte[] file, int start) {
        int count = 1;
        int at = start;
        while (at + 1 < file.length) {
            int marker = file[at + 1] & 0xFF;
            // In a scan, a zero follows an 0xFF that is no marker (T.81, B.1.1.5); more 0xFF only fill up.
            if (file[at] != (byte) 0xFF || marker == 0 || marker == 0xFF) {
                at++;
            } else if (marker == JpegMarker.EOI) {
                return new JpegScans(count, true);
            } else if (JpegMarker.standsAlone(marker) || at + 3 >= file.length) {
                at += 2;
            } else {
                count += marker == JpegMarker.SOS ? 1 : 0;
                at += 2 + ((file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF));
            }
        }
        return new JpegScans(count, false);
    }
}
