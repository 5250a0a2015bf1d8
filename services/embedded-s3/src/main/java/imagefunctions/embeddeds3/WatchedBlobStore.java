package imagefunctions.embeddeds3;

import imagefunctions.storage.ObjectEvent;
import java.io.InputStream;
import java.util.function.Consumer;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Emits an event for every object that was written, lists none that is still being written, and has nothing public. */
final class WatchedBlobStore extends ForwardingBlobStore {
    private final Consumer<ObjectEvent> events;

    WatchedBlobStore(BlobStore objects, Consumer<ObjectEvent> events) {
        super(objects);
        this.events = events;
    }

    /** An upload lies beside its object until it is whole, without an ETag until shortly before. */
    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response page = super.list(request);
        return page.toBuilder()
                .contents(page.contents().stream()
                        .filter(object -> object.eTag() != null
                                && !object.eTag().isEmpty()
                                && !FileNames.isBeingWritten(object.key()))
                        .toList())
                .build();
    }

    /** Nothing is public, whatever the permissions of files are. */
    @Override
    public BucketCannedACL getContainerAccess(String bucket) {
        return BucketCannedACL.PRIVATE;
    }

    @Override
    public ObjectCannedACL getBlobAccess(String bucket, String key) {
        return ObjectCannedACL.PRIVATE;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        requireOwn(request.bucket(), request.key());
        if (FileNames.isFolder(request.key()) && request.contentLength() != null && request.contentLength() > 0) {
            throw S3Exceptions.invalidArgument(
                    "This server keeps objects as files: a key that ends in a slash is a folder,"
                            + " which has no content.");
        }
        PutObjectResponse stored = FileNames.keeping(request.key(), () -> super.putBlob(request, content));
        emit("Put", request.bucket(), request.key());
        return stored;
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        return FileNames.keeping(request.key(), () -> super.initiateMultipartUpload(request));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse stored =
                FileNames.keeping(request.key(), () -> super.completeMultipartUpload(upload, request));
        emit("CompleteMultipartUpload", request.bucket(), request.key());
        return stored;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        requireOwn(request.sourceBucket(), request.sourceKey());
        requireOwn(request.destinationBucket(), request.destinationKey());
        CopyObjectResponse stored = FileNames.keeping(request.destinationKey(), () -> super.copyBlob(request));
        emit("Copy", request.destinationBucket(), request.destinationKey());
        return stored;
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        requireOwn(request.bucket(), request.key());
        FileNames.requirePossible(request.bucket(), request.key());
        return super.blobMetadata(request);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        requireOwn(request.bucket(), request.key());
        FileNames.requirePossible(request.bucket(), request.key());
        return super.getBlob(request);
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        requireOwn(request.bucket(), request.key());
        return FileNames.isPossible(request.key())
                ? super.removeBlob(request)
                : DeleteObjectResponse.builder().build();
    }

    /** A folder's key is that of an object where there is a file instead. */
    private void requireOwn(String bucket, String key) {
        FileNames.requireOwn(key);
        if (FileNames.isFolder(key) && delegate().blobExists(bucket, key.substring(0, key.length() - 1))) {
            throw S3Exceptions.invalidArgument(
                    "The key " + key + " is that of another object without its slash: leave it out.");
        }
    }

    private void emit(String how, String bucket, String key) {
        if (FileNames.isBeingWritten(key)) {
            return;
        }
        HeadObjectResponse stored =
                blobMetadata(HeadObjectRequest.builder().bucket(bucket).key(key).build());
        // A folder, which some clients make by a key that ends in a slash, has none.
        if (stored != null && stored.eTag() != null) {
            events.accept(new ObjectEvent(
                    "ObjectCreated:" + how, bucket, key, stored.eTag().replace("\"", ""), stored.contentLength()));
        }
    }
}
