/** YAML files whose errors name the line, and which cannot be endless. */
@NullMarked
package imagefunctions.yaml;

import org.jspecify.annotations.NullMarked;
