/** Entropy-coded data, bit by bit and by look-up of several Huffman codes at a time. */
@NullMarked
package imagefunctions.jpeg.entropy;

import org.jspecify.annotations.NullMarked;
