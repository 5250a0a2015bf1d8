package imagefunctions.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function that docs/template.md adds to this repository: its operation and its recipe, as they stand there. */
final class AddedFunctionTest {
    private static final String RECIPE = "libraries/imaging/src/main/java/imagefunctions/imaging/Recipe.java";
    private static final Pattern OPERATION =
            Pattern.compile("```java\\n(package imagefunctions.imaging.operation;.*?)```", Pattern.DOTALL);
    private static final Pattern CONSTANT =
            Pattern.compile("```java\\n( +public static final Recipe .*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void sepiaMakesAPictureBrownish() throws Exception {
        Path operation = Files.writeString(folder.resolve("Sepia.java"), found(OPERATION));
        Path recipe = Files.writeString(folder.resolve("Recipe.java"), recipes());
        String path = System.getProperty("java.class.path");

        compile(path, operation, recipe);
        BufferedImage sepia = run(folder + File.pathSeparator + path);

        assertThat(sepia.getWidth()).isEqualTo(1_920);
        Color middle = new Color(sepia.getRGB(960, 540));
        assertThat(middle.getRed()).isGreaterThan(middle.getGreen());
        assertThat(middle.getGreen()).isGreaterThan(middle.getBlue());
    }

    /** The recipes with sepia, which is there already when somebody has followed the page. */
    private static String recipes() throws Exception {
        String recipes = Repository.text(RECIPE);
        if (recipes.contains(" Recipe SEPIA ")) {
            return recipes;
        }
        return recipes.replace(
                        "import imagefunctions.imaging.operation.Pipeline;",
                        "import imagefunctions.imaging.operation.Pipeline;import imagefunctions.imaging.operation.Sepia;")
                .replace(
                        "    private static final List<Recipe> ALL",
                        found(CONSTANT) + "    private static final List<Recipe> ALL");
    }

    private static String found(Pattern pattern) throws Exception {
        Matcher matcher = pattern.matcher(Repository.text("docs/template.md"));
        assertThat(matcher.find()).as(pattern.toString()).isTrue();
        return matcher.group(1);
    }

    private void compile(String path, Path... sources) {
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        System.out,
                        System.err,
                        Stream.concat(
                                        Stream.of("-proc:none", "-d", folder.toString(), "-cp", path),
                                        Stream.of(sources).map(Path::toString))
                                .toArray(String[]::new));
        assertThat(status).as("javac's exit code").isZero();
    }

    /** Runs the recipe on a photo, in classes of its own: the path's first ones count. */
    private static BufferedImage run(String path) throws Exception {
        String[] entries = path.split(File.pathSeparator, -1);
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = Path.of(entries[i]).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> recipe = loader.loadClass("imagefunctions.imaging.Recipe");
            Class<?> order = loader.loadClass("imagefunctions.imaging.Order");
            Class<?> limit = loader.loadClass("imagefunctions.imaging.codec.PixelLimit");
            Class<?> imaging = loader.loadClass("imagefunctions.imaging.Imaging");
            Method with = recipe.getMethod("with", Map.class);
            Method run = imaging.getMethod("run", byte[].class, order);
            Method file = loader.loadClass("imagefunctions.imaging.Result").getMethod("file");
            Object result = run.invoke(
                    imaging.getConstructor(limit)
                            .newInstance(limit.getConstructor(long.class).newInstance(100_000_000L)),
                    Files.readAllBytes(Repository.ROOT.resolve("samples/seeding.jpg")),
                    with.invoke(recipe.getField("SEPIA").get(null), Map.of()));
            return ImageIO.read(new ByteArrayInputStream((byte[]) file.invoke(result)));
        }
    }
}
