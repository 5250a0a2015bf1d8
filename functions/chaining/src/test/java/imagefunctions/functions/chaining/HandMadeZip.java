package imagefunctions.functions.chaining;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** A zip archive of one file that is not compressed, as other programs write it than Java (APPNOTE.TXT, 4.3). */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HandMadeZip(
        byte[] name, boolean isStreamed, boolean isZip64, String before, String comment, int flags, int method) {
    static final String CONTENT = "photo";

    private static final int STREAMED = 1 << 3;
    private static final int ELSEWHERE = -1;

    static HandMadeZip of(byte[] name) {
        return new HandMadeZip(name, false, false, "", "", 0, 0);
    }

    /** Its sizes are behind the file. */
    HandMadeZip streamed() {
        return new HandMadeZip(name, true, isZip64, before, comment, flags | STREAMED, method);
    }

    /** Its numbers have 64 bits. */
    HandMadeZip zip64() {
        return new HandMadeZip(name, isStreamed, true, before, comment, flags, method);
    }

    HandMadeZip behind(String text) {
        return new HandMadeZip(name, isStreamed, isZip64, text, comment, flags, method);
    }

    HandMadeZip comment(String text) {
        return new HandMadeZip(name, isStreamed, isZip64, before, text, flags, method);
    }

    HandMadeZip flag(int more) {
        return new HandMadeZip(name, isStreamed, isZip64, before, comment, flags | more, method);
    }

    HandMadeZip method(int number) {
        return new HandMadeZip(name, isStreamed, isZip64, before, comment, flags, number);
    }

    byte[] bytes() {
        byte[] content = CONTENT.getBytes(ISO_8859_1);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        int crc = (int) checksum.getValue();
        ByteBuffer zip = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        zip.put(before.getBytes(ISO_8859_1));
        zip.putInt(0x04034b50);
        about(zip, isStreamed ? 0 : crc, isStreamed ? 0 : content.length, isStreamed ? 0 : content.length);
        zip.putShort((short) 0).put(name).put(content);
        if (isStreamed) {
            zip.putInt(0x08074b50).putInt(crc).putInt(content.length).putInt(content.length);
        }
        int directory = zip.position();
        zip.putInt(0x02014b50).putShort((short) 45);
        about(zip, crc, isZip64 ? ELSEWHERE : content.length, isZip64 ? ELSEWHERE : content.length);
        zip.putShort((short) (isZip64 ? 28 : 0))
                .put(new byte[10])
                .putInt(isZip64 ? ELSEWHERE : 0)
                .put(name);
        if (isZip64) {
            zip.putShort((short) 1)
                    .putShort((short) 24)
                    .putLong(content.length)
                    .putLong(content.length)
                    .putLong(0);
        }
        int bytes = zip.position() - directory;
        int start = directory - before.length();
        if (isZip64) {
            int end = zip.position() - before.length();
            zip.putInt(0x06064b50)
                    .putLong(44)
                    .putShort((short) 45)
                    .putShort((short) 45)
                    .putLong(0);
            zip.putLong(1).putLong(1).putLong(bytes).putLong(start);
            zip.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        }
        short count = (short) (isZip64 ? ELSEWHERE : 1);
        zip.putInt(0x06054b50).putInt(0).putShort(count).putShort(count);
        zip.putInt(isZip64 ? ELSEWHERE : bytes).putInt(isZip64 ? ELSEWHERE : start);
        zip.putShort((short) comment.length()).put(comment.getBytes(ISO_8859_1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(zip.array(), 0, zip.position());
        return out.toByteArray();
    }

    /** What is said before the file and in the directory. */
    private void about(ByteBuffer zip, int crc, int packed, int unpacked) {
        zip.putShort((short) 45)
                .putShort((short) flags)
                .putShort((short) method)
                .putInt(0);
        zip.putInt(crc).putInt(packed).putInt(unpacked).putShort((short) name.length);
    }
}
