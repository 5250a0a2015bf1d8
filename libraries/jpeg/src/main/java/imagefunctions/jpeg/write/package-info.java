/** Writing files: Huffman coding, copying of coded blocks, headers. */
@NullMarked
package imagefunctions.jpeg.write;

import org.jspecify.annotations.NullMarked;
