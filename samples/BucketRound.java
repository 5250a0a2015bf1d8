import io.minio.DownloadObjectArgs;
import io.minio.MinioClient;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Uploads a photo into incoming, waits until it appears in processed, and downloads what became of it. */
final class BucketRound {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("usage: BucketRound ENDPOINT PHOTO RESULT, with minio_access_key and minio_secret_key set");
            System.exit(2);
        }
        Path photo = Path.of(args[1]);
        String name = photo.getFileName().toString();
        MinioClient client = MinioClient.builder()
                .endpoint(args[0])
                .credentials(System.getenv("minio_access_key"), System.getenv("minio_secret_key"))
                .region("us-east-1")
                .build();
        client.uploadObject(UploadObjectArgs.builder()
                .bucket("incoming")
                .object(name)
                .filename(photo.toString())
                .contentType("image/jpeg")
                .build());
        Instant uploaded = Instant.now();
        while (!isThere(client, name)) {
            if (Duration.between(uploaded, Instant.now()).compareTo(LONGEST_WAIT) > 0) {
                throw new IllegalStateException(name + " did not appear in processed within " + LONGEST_WAIT);
            }
            Thread.sleep(20);
        }
        Duration took = Duration.between(uploaded, Instant.now());
        Files.deleteIfExists(Path.of(args[2]));
        client.downloadObject(DownloadObjectArgs.builder()
                .bucket("processed")
                .object(name)
                .filename(args[2])
                .build());
        System.out.printf(
                "%s %d byte(s) -> incoming -> processed -> %s %d byte(s), %.3f s after the upload%n",
                name,
                Files.size(photo),
                Path.of(args[2]).getFileName(),
                Files.size(Path.of(args[2])),
                took.toMillis() / 1000.0);
        System.exit(0);
    }

    private static boolean isThere(MinioClient client, String name) throws Exception {
        try {
            client.statObject(
                    StatObjectArgs.builder().bucket("processed").object(name).build());
            return true;
        } catch (ErrorResponseException e) {
            if (e.response().code() == 404) {
                return false;
            }
            throw e;
        }
    }
}
