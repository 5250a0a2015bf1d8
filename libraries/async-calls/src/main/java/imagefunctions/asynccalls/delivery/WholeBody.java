package imagefunctions.asynccalls.delivery;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** An answer's body, which has its announced length, or reading it fails with a {@link BrokenAnswerException}. */
final class WholeBody extends FilterInputStream {
    private final OptionalLong announced;
    private long count;

    WholeBody(InputStream body, OptionalLong announced) {
        super(body);
        this.announced = announced;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = in.read(bytes, offset, length);
            count += Math.max(0, read);
            check(read < 0);
            return read;
        } catch (IOException e) {
            throw new BrokenAnswerException(e);
        }
    }

    private void check(boolean isEnd) throws IOException {
        if (announced.isEmpty()) {
            return;
        }
        if (isEnd && count < announced.getAsLong()) {
            throw new EOFException();
        }
        if (count > announced.getAsLong()) {
            throw new IOException("It has more than the " + announced.getAsLong() + " bytes that it announced");
        }
    }
}
