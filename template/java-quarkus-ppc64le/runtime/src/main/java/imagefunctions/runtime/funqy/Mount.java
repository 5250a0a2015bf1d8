package imagefunctions.runtime.funqy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where functions are served. */
enum Mount {
    /** The only function, at {@code /}. */
    ROOT,
    /** Each function at {@code /function/NAME}. */
    GATEWAY;

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        @WithDefault("root")
        Mount mount();
    }
}
