package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallClaim;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.EntryWriter;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** The file of a call that one worker holds. */
final class FolderCall extends FolderClaim<Call> implements CallClaim {
    private final SpoolFolder folder;

    FolderCall(SpoolFolder folder, ClaimedFile claimed) {
        super(claimed, folder.calls);
        this.folder = folder;
    }

    @Override
    public EntryWriter keepResult(Callback result, OptionalLong length) throws IOException {
        return folder.write(result, length);
    }

    @Override
    public void succeeded(Call call, int status) throws IOException {
        folder.callSucceeded(claimed, call, status);
    }

    @Override
    public void resolved(Optional<String> failure) throws IOException {
        folder.callResolved(claimed, failure);
    }
}
