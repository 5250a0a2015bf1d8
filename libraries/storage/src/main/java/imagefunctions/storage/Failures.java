package imagefunctions.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import imagefunctions.reasons.Reason;
import io.minio.errors.ErrorResponseException;
import java.io.IOException;

/** Says in one sentence why the store did not do what was asked. */
final class Failures {
    private Failures() {}

    static boolean isMissing(ObjectStoreException e) {
        return e.getCause() instanceof ErrorResponseException answer
                && answer.response().code() == 404
                && !"NoSuchBucket".equals(answer.errorResponse().code());
    }

    /** There is an object already, or somebody writes one at this moment. */
    static boolean isTaken(ObjectStoreException e) {
        return e.getCause() instanceof ErrorResponseException answer
                && (answer.response().code() == 412 || answer.response().code() == 409);
    }

    /** A store that does not know a request says so, or takes it for a listing and answers with XML. */
    static boolean isUnknownRequest(ObjectStoreException e) {
        return switch (e.getCause()) {
            case ErrorResponseException answer ->
                answer.response().code() < 500 || answer.response().code() == 501;
            case Exception other -> other.getCause() instanceof JsonProcessingException;
            default -> false;
        };
    }

    static ObjectStoreException of(String what, Exception e) {
        return new ObjectStoreException("The object store failed at " + what + ": " + reason(e), e);
    }

    private static String reason(Exception e) {
        if (e instanceof ErrorResponseException answer) {
            String code = answer.errorResponse().code();
            return switch (code) {
                case "NoSuchBucket" -> "there is no such bucket, make it.";
                case "InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied" ->
                    "it refuses the access key (" + code + "): check minio_access_key and minio_secret_key.";
                default -> "it answered " + answer.response().code() + " (" + code + ").";
            };
        }
        if (e.getCause() instanceof IOException cause) {
            return "it does not answer (" + Reason.of(cause) + "): check S3_ENDPOINT, and that it runs.";
        }
        return e.getMessage() + ".";
    }
}
