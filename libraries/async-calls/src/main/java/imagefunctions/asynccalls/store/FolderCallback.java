package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.CallbackClaim;
import java.io.IOException;
import java.util.Optional;

/** The file of a result that one worker holds. */
final class FolderCallback extends FolderClaim<Callback> implements CallbackClaim {
    private final SpoolFolder folder;

    FolderCallback(SpoolFolder folder, ClaimedFile claimed) {
        super(claimed, folder.callbacks);
        this.folder = folder;
    }

    @Override
    public void delivered(Callback callback) throws IOException {
        folder.callbackDelivered(claimed, callback);
    }

    @Override
    public void failed(Optional<Callback> callback, String reason) throws IOException {
        folder.callbackFailed(claimed, callback, reason);
    }
}
