import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Lays all JPEGs of a folder on one sheet, each with its name and size: {@code java ContactSheet.java FOLDER SHEET.png}. */
public final class ContactSheet {
    private static final int CELL = 300;
    private static final int CAPTION = 36;
    private static final int COLUMNS = 4;

    private ContactSheet() {}

    public static void main(String[] args) throws Exception {
        List<Path> pictures;
        try (var files = Files.list(Path.of(args[0]))) {
            pictures = files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList();
        }
        int rows = Math.ceilDiv(pictures.size(), COLUMNS);
        BufferedImage sheet =
                new BufferedImage(COLUMNS * CELL, rows * (CELL + CAPTION), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(new Color(0xf4f4f2));
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < pictures.size(); i++) {
            draw(g, pictures.get(i), i % COLUMNS * CELL, i / COLUMNS * (CELL + CAPTION));
        }
        g.dispose();
        ImageIO.write(sheet, "png", Path.of(args[1]).toFile());
    }

    private static void draw(Graphics2D g, Path file, int x, int y) throws Exception {
        BufferedImage picture = ImageIO.read(file.toFile());
        double scale = Math.min(1, (CELL - 20.0) / Math.max(picture.getWidth(), picture.getHeight()));
        int width = (int) Math.max(1, picture.getWidth() * scale);
        int height = (int) Math.max(1, picture.getHeight() * scale);
        g.drawImage(picture, x + (CELL - width) / 2, y + (CELL - height) / 2, width, height, null);
        g.setColor(Color.DARK_GRAY);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
        g.drawString(file.getFileName().toString().replace(".jpg", ""), x + 10, y + CELL + 10);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        g.drawString(
                picture.getWidth() + " x " + picture.getHeight() + ", " + Files.size(file) / 1024 + " KiB",
                x + 10,
                y + CELL + 26);
    }
}
