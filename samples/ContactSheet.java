import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/**
 * Lays all JPEGs of a folder on one sheet, a row for each first name, every picture with its name and size if there are
 * fonts: {@code java ContactSheet.java FOLDER SHEET.png}.
 */
public final class ContactSheet {
    private static final int CELL = 240;
    private static final int CAPTION = 44;

    private ContactSheet() {}

    public static void main(String[] args) throws Exception {
        List<List<Path>> rows;
        try (var files = Files.list(Path.of(args[0]))) {
            rows = List.copyOf(files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted(Comparator.comparing(ContactSheet::piped).thenComparing(ContactSheet::name))
                    .collect(Collectors.groupingBy(file -> name(file).split("\\.")[0], TreeMap::new, Collectors.toList()))
                    .values());
        }
        int columns = rows.stream().mapToInt(List::size).max().orElseThrow();
        BufferedImage sheet =
                new BufferedImage(columns * CELL, rows.size() * (CELL + CAPTION), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(new Color(0xf4f4f2));
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        boolean captions = hasFonts(g);
        if (!captions) {
            System.out.println("The sheet has no captions: Java finds no fonts (Debian: apt-get install fontconfig)");
        }
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                draw(g, rows.get(row).get(column), column * CELL, row * (CELL + CAPTION), captions);
            }
        }
        g.dispose();
        ImageIO.write(sheet, "png", Path.of(args[1]).toFile());
    }

    /** A JDK without a desktop lacks the libraries for fonts, or there are none on the machine. */
    private static boolean hasFonts(Graphics2D g) {
        try {
            g.getFontMetrics(new Font(Font.SANS_SERIF, Font.BOLD, 13)).stringWidth("x");
            return true;
        } catch (LinkageError | InternalError | RuntimeException e) {
            return false;
        }
    }

    private static void draw(Graphics2D g, Path file, int x, int y, boolean caption) throws Exception {
        BufferedImage read = ImageIO.read(file.toFile());
        // In RGB first: scaled as it is, a grey picture would be taken for linear light.
        BufferedImage picture = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
        picture.createGraphics().drawImage(read, 0, 0, null);
        double scale = Math.min(1, (CELL - 16.0) / Math.max(picture.getWidth(), picture.getHeight()));
        int width = (int) Math.max(1, picture.getWidth() * scale);
        int height = (int) Math.max(1, picture.getHeight() * scale);
        Image small = picture.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING);
        g.drawImage(small, x + (CELL - width) / 2, y + (CELL - height) / 2, null);
        if (!caption) {
            return;
        }
        g.setColor(Color.DARK_GRAY);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
        g.drawString(name(file), x + 8, y + CELL + 12);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        g.drawString(
                picture.getWidth() + " x " + picture.getHeight() + ", " + Files.size(file) / 1024 + " KiB",
                x + 8,
                y + CELL + 28);
    }

    /** Whether only some rows have this picture, which therefore comes last. */
    private static boolean piped(Path file) {
        return name(file).endsWith(".piped");
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".jpg", "");
    }
}
