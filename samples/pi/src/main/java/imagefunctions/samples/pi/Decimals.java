package imagefunctions.samples.pi;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Pi by Machin's formula: {@code 4 (4 arctan(1/5) - arctan(1/239))}. */
final class Decimals {
    /** Each term of a series is cut off: as many of them as any series here has reach no further than these digits. */
    private static final int GUARD = 10;

    private Decimals() {}

    /** The first decimals, cut off behind them. */
    static String ofPi(int decimals) {
        BigInteger one = BigInteger.TEN.pow(decimals + GUARD);
        BigInteger quarter = arctanOfInverse(5, one).shiftLeft(2).subtract(arctanOfInverse(239, one));
        BigInteger pi = quarter.shiftLeft(2).divide(BigInteger.TEN.pow(GUARD));
        return new BigDecimal(pi, decimals).toPlainString();
    }

    /** {@code 1/x - 1/(3 x^3) + 1/(5 x^5) - ...}, as a multiple of {@code 1/one}. */
    private static BigInteger arctanOfInverse(int x, BigInteger one) {
        BigInteger square = BigInteger.valueOf((long) x * x);
        BigInteger power = one.divide(BigInteger.valueOf(x));
        BigInteger sum = power;
        for (int divisor = 3; power.signum() != 0; divisor += 2) {
            power = power.divide(square).negate();
            sum = sum.add(power.divide(BigInteger.valueOf(divisor)));
        }
        return sum;
    }
}
