package imagefunctions.functions.loadimages;

import imagefunctions.buckets.Batch;
import imagefunctions.buckets.BatchReply;
import imagefunctions.buckets.TemporaryFile;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import imagefunctions.storage.Buckets;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import imagefunctions.traces.TraceContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/** Downloads the images of one call into the bucket; one failure does not affect the others. */
@Singleton
final class Downloads {
    private final LoadSettings settings;
    private final ObjectStore store;
    private final String bucket;
    private final Download download;
    private final Batch batch;

    Downloads(LoadSettings settings, ObjectStore store, Buckets buckets) {
        this.settings = settings;
        this.store = store;
        this.bucket = buckets.incoming();
        this.download = new Download(settings);
        this.batch = new Batch(settings.concurrency());
    }

    Reply all(LoadRequest request, Optional<TraceContext> trace) throws InterruptedException {
        if (request.urls().size() > settings.maxUrls()) {
            throw new Problem.TooLarge(request.urls().size() + " URLs are too many for one call: give at most "
                            + settings.maxUrls() + ".")
                    .asException();
        }
        Set<String> names = ConcurrentHashMap.newKeySet();
        ObjectStore traced = store.within(trace);
        List<Outcome> outcomes = batch.run(
                request.urls(),
                settings.callTimeout(),
                url -> () -> one(url, request.naming(), names, traced),
                Downloads::timedOut);
        List<Outcome.Stored> stored = outcomes.stream()
                .filter(Outcome.Stored.class::isInstance)
                .map(Outcome.Stored.class::cast)
                .toList();
        int failed = outcomes.size() - stored.size();
        return request.detail()
                ? BatchReply.entries(outcomes, failed)
                : BatchReply.names(stored.stream().map(Outcome.Stored::name).toList(), failed);
    }

    private Outcome one(String url, Naming naming, Set<String> names, ObjectStore traced) {
        try (TemporaryFile file = new TemporaryFile()) {
            HttpUrl checked = download.check(url);
            String name = naming.name(checked);
            if (!names.add(name)) {
                throw new Problem.Conflict("Another URL of this call already has the name " + name + ".").asException();
            }
            Download.Downloaded downloaded = download.download(checked, file.path());
            String type = downloaded.type().mediaType();
            traced.put(bucket, name, file.path(), type, Map.of());
            return new Outcome.Stored(url, name, downloaded.bytes(), type);
        } catch (ProblemException e) {
            return Outcome.Failed.because(url, e.problem());
        } catch (ObjectStoreException e) {
            return Outcome.Failed.because(url, new Problem.Unavailable(e.getMessage()));
        } catch (IOException e) {
            return Outcome.Failed.because(
                    url, new Problem.Unavailable("The image cannot be stored: " + e.getMessage() + "."));
        }
    }

    private static Outcome timedOut(String url) {
        return Outcome.Failed.because(
                url, new Problem.Unavailable("The call timed out before this download: give fewer URLs per call."));
    }
}
